import { safety } from "live/box";

/** How far a question of this page has come: 1 on this phone, 2 in the record, 3 before the moderators. The last is true
 *  when its card is among one's own: that patch and the moderators' leave the server together. */
class SentWay extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("live:sent", ({ detail: { op } }) => {
      this.op = op;
      this.reach(safety() === "unkept" ? 0 : 1);
      this.scrollIntoView({ block: "nearest" }); // Above the bar of the phone, with room for the sentence below it.
    });
    document.addEventListener("live:answer", ({ detail }) => detail.item.op === this.op && this.heard(detail));
    document.addEventListener("live:patched", () => this.look());
    this.form.addEventListener("input", () => this.number && this.reach(0)); // The next question begins.
  }

  heard({ kind, message }) {
    if (kind === "refused") this.reach(0);
    if (kind !== "ok" || !message.receipt) return;
    this.number = message.receipt.number;
    this.reach(2);
    this.look();
  }

  look() {
    if (this.number && document.getElementById(`mine-${this.number}`)) this.reach(3);
  }

  reach(step) {
    if (step < 2) this.number = 0;
    this.hidden = step === 0;
    [...this.querySelectorAll("li")].forEach((part, place) => {
      part.toggleAttribute("data-reached", place < step);
      part.setAttribute("aria-current", place === step - 1 ? "step" : "false");
    });
  }
}

customElements.define("sent-way", SentWay);
