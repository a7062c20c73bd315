import { asTime } from "lib/as-time";
import { Ticking } from "lib/ticking";

/** Whole seconds as 2:05; what is over the limit as +0:12. */
export function written(left) {
  const text = asTime(Math.abs(Math.ceil(left)));
  return left > -1 ? text : `+${text}`;
}

/** Counts down to data-limit (seconds), and up after it. */
class TurnClock extends Ticking {
  static get observedAttributes() {
    return ["data-limit", "data-ran", "data-since"];
  }

  attributeChangedCallback() {
    this.show();
  }

  show() {
    const left = Number(this.dataset.limit) - this.ran;
    const face = this.querySelector("[data-face]") ?? this;
    const text = written(left);
    if (face.textContent !== text) face.textContent = text;
    this.toggleAttribute("data-over", left <= -1);
    this.toggleAttribute("data-soon", left > -1 && left <= 30);
  }
}

customElements.define("turn-clock", TurnClock);
