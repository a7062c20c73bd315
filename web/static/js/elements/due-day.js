import { now } from "lib/server-time";

const DAY = 86_400_000;
const AHEAD = 7 * 3_600_000; // Days end by Vietnam's clock, which knows no summer time.
const OFTEN = 600_000;

const days = new Set();
const showAll = () => days.forEach((day) => day.show());
setInterval(showAll, OFTEN);
document.addEventListener("live:patched", showAll);

/** A day by which something is due (data-day); once it is over, by how many days, in the words of data-over (of one: data-over-one). */
class DueDay extends HTMLElement {
  connectedCallback() {
    days.add(this);
    this.show();
  }

  disconnectedCallback() {
    days.delete(this);
  }

  show() {
    const over = Math.floor((now() + AHEAD) / DAY) - Date.parse(this.dataset.day) / DAY;
    const mark = this.querySelector("b");
    if (!(over > 0)) return mark?.remove();
    const text = this.dataset[over === 1 ? "overOne" : "over"].replace("{days}", over);
    if (mark) mark.textContent = text;
    else this.append(this.#mark(text));
  }

  #mark(text) {
    const mark = Object.assign(document.createElement("b"), { className: "badge badge--danger", textContent: text });
    mark.dataset.own = ""; // A patch leaves it there (live/patch).
    return mark;
  }
}

customElements.define("due-day", DueDay);
