import { now } from "lib/server-time";

const times = new Set();
const showAll = () => times.forEach((time) => time.show());
setInterval(showAll, 1_000);
document.addEventListener("live:patched", showAll); // A patch has just drawn what had been counted until then.

/** Counts what runs to what ran: data-ran in seconds, data-since (ISO, server time), shown as 12:05. */
class FloorTime extends HTMLElement {
  connectedCallback() {
    times.add(this);
    this.show();
  }

  disconnectedCallback() {
    times.delete(this);
  }

  show() {
    const runs = Math.max(0, now() - Date.parse(this.dataset.since)) / 1_000;
    const whole = Math.floor(Number(this.dataset.ran) + runs);
    const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    if (this.textContent !== text) this.textContent = text;
  }
}

customElements.define("floor-time", FloorTime);
