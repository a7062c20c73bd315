import { say } from "lib/words";
import { apply } from "live/patch";
import { main } from "live/place";

const STALE = 5; // Seconds after which the hall must know that the screen is behind.
const BEAT = 2_000; // The line is asked so often whether it lives: a dead one says nothing, and the hall looks at it.

/** What the person at the projector does: freeze, captions, full screen. And the age of what is shown, when it is old. */
class StageTools extends HTMLElement {
  #waiting = [];
  #frozen = false;
  #heard = Date.now(); // When the server last said a word.
  #asked = false; // The last question went out: its answer is owed. On a feed nothing can be asked.

  connectedCallback() {
    this.hidden = false;
    this.querySelector("[data-freeze]").addEventListener("click", () => this.#freeze());
    this.querySelector("[data-captions]").addEventListener("click", () => this.#captions());
    this.querySelector("[data-full]").addEventListener("click", () => document.documentElement.requestFullscreen());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("live:patches", (event) => this.#hold(event));
    document.addEventListener("live:heard", () => this.#said());
    setInterval(() => this.#ask(), BEAT);
    setInterval(() => this.#age(), 1_000);
  }

  #key({ key, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey) return;
    const pressed = key.toLowerCase(); // The buttons say F and C, and Caps Lock may be on.
    if (pressed === "f") this.#freeze();
    else if (pressed === "c") this.#captions();
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

  #ask() {
    if (main.dataset.link !== "open") return;
    this.#asked = !document.dispatchEvent(new CustomEvent("live:tell", { detail: { ping: 1 }, cancelable: true }));
  }

  #said() {
    this.#heard = Date.now();
    this.#age();
  }

  /** Since when what is shown may be old, in milliseconds since 1970: a line that is cut says so, a dead one does not. */
  #since() {
    if (this.#asked) return this.#heard;
    return main.dataset.link === "open" ? Date.now() : Number(main.dataset.since ?? Date.now());
  }

  #age() {
    const badge = document.getElementById("stale");
    const age = Math.round((Date.now() - this.#since()) / 1_000);
    if (badge.hidden && age > STALE && main.dataset.link === "open") document.dispatchEvent(new Event("live:doubt"));
    badge.hidden = age <= STALE;
    badge.textContent = say("stale", { seconds: age });
  }
}

customElements.define("stage-tools", StageTools);
