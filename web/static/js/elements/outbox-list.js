import { all } from "live/box";

/** What waits on this device to be sent, also from before a reload. Its <template> draws one text. */
class OutboxList extends HTMLElement {
  connectedCallback() {
    this.template = this.querySelector("template");
    this.list = this.querySelector("ul");
    addEventListener("storage", () => this.#show());
    document.addEventListener("live:answer", () => queueMicrotask(() => this.#show()));
    this.#show();
  }

  #show() {
    const waiting = all().filter((item) => item.do === "ask");
    this.list.replaceChildren(...waiting.map((item) => this.#drawn(item)));
    this.hidden = waiting.length === 0;
  }

  #drawn(item) {
    const row = this.template.content.cloneNode(true);
    row.querySelector("[data-text]").textContent = item.fields.text;
    return row;
  }
}

customElements.define("outbox-list", OutboxList);
