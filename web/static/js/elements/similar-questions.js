import { audience, code } from "live/place";

const PAUSE = 900; // Milliseconds without a key: a thought is finished, and a weak network is not asked at each letter.
const FEWEST = 4; // Words that say what a question is about.

/** Offers questions that ask the same while somebody types. Below the button to send, so that nothing moves under a thumb. */
class SimilarQuestions extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    this.field.addEventListener("input", () => this.typed());
    for (const end of ["reset", "live:done"]) this.field.form.addEventListener(end, () => this.show(""));
    if (this.field.value) this.typed();
  }

  typed() {
    clearTimeout(this.timer);
    const words = this.field.value.trim().split(/\s+/);
    if (words.length < FEWEST) return this.show("");
    const text = words.join(" ");
    if (text !== this.text) this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  /** An offer only: without a network, or when the server has no time, there is none. */
  async ask(text) {
    this.asking?.abort();
    this.asking = new AbortController();
    const body = new URLSearchParams({ as: audience, text });
    const asked = { method: "POST", body, redirect: "manual", signal: this.asking.signal };
    try {
      const answer = await fetch(`/d/${code}/similar`, asked);
      if (answer.ok && answer.headers.has("X-Request-Id")) this.show(await answer.text(), text);
    } catch { /* no network, or more was typed meanwhile */ }
  }

  show(html, text = "") {
    clearTimeout(this.timer);
    if (!text) this.asking?.abort();
    this.text = text;
    if (this.querySelector("form[aria-busy=true]")) return; // A support is on its way.
    this.innerHTML = html;
  }
}

customElements.define("similar-questions", SimilarQuestions);
