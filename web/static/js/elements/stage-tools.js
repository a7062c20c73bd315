import { say } from "lib/words";
import { apply } from "live/patch";
import { main } from "live/place";

const STALE = 5; // Seconds after which the hall must know that the screen is behind.

/** What the person at the projector does: freeze, captions, full screen. And the age of what is shown, when it is old. */
class StageTools extends HTMLElement {
  #waiting = [];
  #frozen = false;

  connectedCallback() {
    this.hidden = false;
    this.querySelector("[data-freeze]").addEventListener("click", () => this.#freeze());
    this.querySelector("[data-captions]").addEventListener("click", () => this.#captions());
    this.querySelector("[data-full]").addEventListener("click", () => document.documentElement.requestFullscreen());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("live:patches", (event) => this.#hold(event));
    setInterval(() => this.#age(), 1_000);
  }

  #key({ key, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey) return;
    if (key === "f") this.#freeze();
    else if (key === "c") this.#captions();
  }

  #freeze() {
    this.#frozen = !this.#frozen;
    this.querySelector("[data-freeze]").setAttribute("aria-pressed", this.#frozen);
    document.getElementById("frozen").hidden = !this.#frozen;
    if (!this.#frozen) apply(this.#waiting.splice(0));
  }

  #hold(event) {
    if (!this.#frozen) return;
    event.preventDefault();
    this.#waiting.push(...event.detail);
  }

  #captions() {
    const off = document.body.dataset.captions === "off";
    document.body.dataset.captions = off ? "on" : "off";
    dispatchEvent(new Event("resize")); // The question has more or less room now.
    this.querySelector("[data-captions]").setAttribute("aria-pressed", off);
  }

  #age() {
    const badge = document.getElementById("stale");
    const age = main.dataset.link === "open" ? 0 : Math.round((Date.now() - Number(main.dataset.since ?? Date.now())) / 1_000);
    badge.hidden = age <= STALE;
    badge.textContent = say("stale", { seconds: age });
  }
}

customElements.define("stage-tools", StageTools);
