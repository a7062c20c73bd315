import { isKnown, now } from "lib/server-time";

const MINUTE = 60_000;
const all = new Set();
const showAll = () => all.forEach((one) => one.show());
setInterval(showAll, 1_000);
document.addEventListener("live:patched", showAll);

/** About how long it is, in the largest unit that says it; a page that is open counts no seconds. */
function about(left) {
  const minutes = Math.ceil(left / MINUTE);
  if (minutes > 36 * 60) return ["days", Math.round(minutes / 60 / 24)];
  if (minutes > 90) return ["hours", Math.round(minutes / 60)];
  return ["minutes", minutes > 10 ? Math.round(minutes / 5) * 5 : minutes];
}

/** Says how long it is until data-at (ISO), by the server's clock; then that people open it, and not the clock. */
class StartsIn extends HTMLElement {
  connectedCallback() {
    all.add(this);
    this.show();
  }

  disconnectedCallback() {
    all.delete(this);
  }

  show() {
    const left = Date.parse(this.dataset.at) - now();
    const [unit, count] = left > 0 ? about(left) : ["due", 0];
    const text = isKnown() ? this.dataset[unit].replace("{count}", count) : "";
    if (this.textContent !== text) this.textContent = text;
  }
}

customElements.define("starts-in", StartsIn);
