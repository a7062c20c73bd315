// Time that is counted on the page, by the server's clock: drawn anew twice a second and after each patch.

import { now } from "lib/server-time";

const counted = new Set();
const showAll = () => counted.forEach((one) => one.show());
setInterval(showAll, 500);
document.addEventListener("live:patched", showAll); // A patch has just drawn the face of what had been counted until then.

/** What ran: data-ran in seconds, and from data-since on (ISO, server time) if it runs. How it is drawn, `show` says. */
export class Ticking extends HTMLElement {
  connectedCallback() {
    counted.add(this);
    this.show();
  }

  disconnectedCallback() {
    counted.delete(this);
  }

  get ran() {
    const { ran, since } = this.dataset;
    return Number(ran) + (since ? Math.max(0, now() - Date.parse(since)) / 1_000 : 0);
  }
}
