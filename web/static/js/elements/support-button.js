import { main } from "live/place";

const showAll = () => document.querySelectorAll("support-button").forEach((button) => button.show());
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
    this.hidden = Boolean(document.getElementById(`mine-${this.dataset.question}`)); // One's own needs no "I ask this too".
    this.querySelector("[name=on]").value = on ? "false" : "on";
    this.querySelector("button").setAttribute("aria-pressed", on);
  }

  turn() {
    const { question } = this.dataset;
    if (!mine.delete(question)) mine.add(question);
    main.dataset.supported = [...mine].join(" ");
    showAll(); // The same question may stand in two places.
  }
}

customElements.define("support-button", SupportButton);
document.addEventListener("live:patched", showAll);
