import { now } from "lib/server-time";

const clocks = new Set();
const showAll = () => clocks.forEach((clock) => clock.show());
setInterval(showAll, 500);
document.addEventListener("live:patched", showAll); // A patch has just drawn the face of a clock that stands still.

/** Whole seconds as 2:05; what is over the limit as +0:12. */
export function written(left) {
  const whole = Math.abs(Math.ceil(left));
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return left > -1 ? text : `+${text}`;
}

/** Counts down to the limit and up after it: data-limit and data-ran in seconds, data-since (ISO, server time) if it runs. */
class TurnClock extends HTMLElement {
  static get observedAttributes() {
    return ["data-limit", "data-ran", "data-since"];
  }

  connectedCallback() {
    clocks.add(this);
    this.show();
  }

  disconnectedCallback() {
    clocks.delete(this);
  }

  attributeChangedCallback() {
    this.show();
  }

  show() {
    const { limit, ran, since } = this.dataset;
    const running = since ? (now() - Date.parse(since)) / 1000 : 0;
    const left = Number(limit) - Number(ran) - Math.max(0, running);
    const face = this.querySelector("[data-face]") ?? this;
    const text = written(left);
    if (face.textContent !== text) face.textContent = text;
    this.toggleAttribute("data-over", left <= -1);
    this.toggleAttribute("data-soon", left > -1 && left <= 30);
  }
}

customElements.define("turn-clock", TurnClock);
