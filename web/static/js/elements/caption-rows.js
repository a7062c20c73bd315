import { rows } from "captions/rows";

const SHOWN = 2; // Rows at a time.
const STAYS = 8_000; // Milliseconds without a new word after which old ones go: the picture is somebody else's.

/** The last two rows of what was said, beside `#captions` and the words in progress. */
class CaptionRows extends HTMLElement {
  connectedCallback() {
    this.partial = "";
    this.said = "";
    this.show();
    document.addEventListener("live:now", ({ detail }) => this.hear(detail.caption?.text ?? ""));
    document.addEventListener("live:patched", () => this.show());
  }

  hear(partial) {
    this.partial = partial;
    this.show();
  }

  show() {
    const lines = [...document.querySelectorAll("#captions > .caption")];
    const last = lines.at(-1);
    const all = [...lines.map((line) => line.textContent), this.partial].flatMap((text) => rows(text)).slice(-SHOWN);
    if (all.join("\n") === this.said) return;
    this.said = all.join("\n");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.replaceChildren(), STAYS);
    this.toggleAttribute("data-checked", !this.partial && last !== undefined && !("draftWords" in last.dataset));
    this.draw(all);
  }

  /** Only the rows that changed are touched. */
  draw(texts) {
    while (this.children.length > texts.length) this.firstChild.remove();
    texts.forEach((text, i) => {
      const row = this.children[i] ?? this.appendChild(document.createElement("span"));
      if (row.textContent !== text) row.textContent = text;
    });
  }
}

customElements.define("caption-rows", CaptionRows);
