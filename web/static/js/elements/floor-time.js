import { asTime } from "lib/as-time";
import { Ticking } from "lib/ticking";

/** Counts up what somebody had of the floor, shown as 12:05. */
class FloorTime extends Ticking {
  show() {
    const text = asTime(Math.floor(this.ran));
    if (this.textContent !== text) this.textContent = text;
  }
}

customElements.define("floor-time", FloorTime);
