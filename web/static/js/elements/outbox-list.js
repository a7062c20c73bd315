import { everything, safety, take } from "live/box";
import { write } from "live/drafts";

const words = ({ fields }) => fields.text ?? Object.values(fields).join(" · ");

/** What was typed on this device and is not in the record: waiting to be sent, or refused while nobody was here to see
 *  it. Its two <template>s draw one text each. */
class OutboxList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    addEventListener("storage", () => this.show());
    document.addEventListener("live:kept", () => this.show());
    document.addEventListener("live:left", () => this.lastElementChild.querySelector("[data-left]:last-child")?.focus());
    this.show();
  }

  show() {
    const items = everything();
    this.dataset.safe = safety();
    this.list.replaceChildren(...items.map((item) => this.drawn(item)));
    this.hidden = items.length === 0;
  }

  drawn(item) {
    const template = this.querySelector(item.refused ? "template[data-refused]" : "template");
    const row = template.content.cloneNode(true);
    row.querySelector("[data-text]").textContent = words(item);
    if (item.refused) {
      row.querySelector("[data-why]").textContent = item.refused;
      if (item.unsent) this.neverWent(row);
      row.querySelector("button").addEventListener("click", () => this.giveBack(item));
    }
    return row;
  }

  /** There is no answer to tell of; and whoever wrote it is led here (a row, no button: the hands may be typing on). */
  neverWent(row) {
    row.querySelector("[data-answer]").remove();
    Object.assign(row.firstElementChild, { tabIndex: -1 }).dataset.left = "";
  }

  /** The text goes back to where it is written; where there is no such place any more, it is only put away. */
  giveBack(item) {
    const field = document.querySelector('[data-draft="ask"]');
    if (field) {
      write(field, [field.value, words(item)].filter(Boolean).join("\n"));
      field.focus();
    }
    take(item.op);
  }
}

customElements.define("outbox-list", OutboxList);
