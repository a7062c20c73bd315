import { hold, small } from "live/photos";

/** One photo to go with what the form sends, or, with data-question, beside a question that was sent already. */
class PhotoField extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.closest("form");
    this.input = this.querySelector("input[type=file]");
    this.image = this.querySelector("img");
    this.line = this.querySelector("[role=status]");
    this.off = this.querySelector("button");
    this.hidden = false;
    this.input.addEventListener("change", () => this.choose(this.input.files[0]));
    this.off.addEventListener("click", () => this.put(""));
    this.form.addEventListener("live:sent", ({ detail: { op } }) => this.go(op));
    this.form.addEventListener("reset", () => this.data || this.put(""));
    this.form.addEventListener("live:onward", () => (this.sent = "")); // The next question is written there now.
    document.addEventListener("live:photo", ({ detail }) => detail.op === this.op && this.heard(detail));
    document.addEventListener("live:answer", ({ detail }) => this.back(detail));
  }

  async choose(file) {
    if (!file) return;
    this.say("reading");
    try {
      this.put(await small(file));
    } catch {
      this.put("");
      this.say("unreadable");
      return;
    }
    if (this.dataset.question) this.go(`${this.dataset.question}-${Date.now()}`, Number(this.dataset.question));
  }

  put(data) {
    this.data = data;
    this.image.hidden = this.off.hidden = !data;
    if (data) this.image.src = data;
    else this.image.removeAttribute("src");
    this.input.value = "";
    this.say("");
  }

  go(op, number) {
    if (!this.data) return;
    this.op = op;
    this.sent = this.data;
    hold(op, this.data, number);
    this.put("");
    this.say("kept");
  }

  /** The question was refused: its photo is here again, as its words are. */
  back({ kind, item }) {
    if (this.sent && item.op === this.op && (kind === "refused" || kind === "lost")) this.put(this.sent);
  }

  heard({ state, say }) {
    this.say(state);
    if (say) this.line.textContent = say;
  }

  say(what) {
    this.line.textContent = what ? this.dataset[what] : "";
  }
}

customElements.define("photo-field", PhotoField);
