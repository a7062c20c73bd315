import { main } from "live/place";

const mine = new Set((main.dataset.supported ?? "").split(" ").filter(Boolean));

/** Wraps the support form of a card: shared HTML cannot know who supports, so this page adds it. The value is set, never added. */
class SupportButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("live:done", () => this.turn(), { signal: (this.leaving = new AbortController()).signal });
    this.show();
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  show() {
    const on = mine.has(this.dataset.question);
    this.querySelector("[name=on]").value = on ? "false" : "on";
    this.querySelector("button").setAttribute("aria-pressed", on);
  }

  turn() {
    const { question } = this.dataset;
    if (!mine.delete(question)) mine.add(question);
    this.show();
  }
}

customElements.define("support-button", SupportButton);
document.addEventListener("live:patched", () => document.querySelectorAll("support-button").forEach((button) => button.show()));
