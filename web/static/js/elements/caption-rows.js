import { rows, WIDE } from "captions/rows";

const SHOWN = 2; // Rows at a time.
const STAYS = 8_000; // Milliseconds without a new word after which old ones go, where the picture is somebody else's.

/** The last two rows of what was said, beside `#captions` and the words in progress.
    With data-lasting they are this page's own: they stay, and are as wide as there is room (data-wide: characters at most). */
class CaptionRows extends HTMLElement {
  connectedCallback() {
    this.partial = "";
    this.said = "";
    this.lasting = "lasting" in this.dataset;
    this.ink = document.createElement("canvas").getContext("2d");
    this.parentElement.dataset.rows = ""; // The lines themselves step back (CSS).
    this.show();
    document.addEventListener("live:now", ({ detail }) => this.hear(detail.caption?.text ?? ""));
    document.addEventListener("live:patched", () => this.show());
    if (this.lasting) new ResizeObserver(() => this.show()).observe(this);
  }

  hear(partial) {
    this.partial = partial;
    this.show();
  }

  show() {
    const lines = [...document.querySelectorAll("#captions > .caption")].slice(-SHOWN);
    const wide = this.wide();
    const all = [...lines.map(words), this.partial].flatMap((text) => rows(text, ...wide)).slice(-SHOWN);
    if (all.join("\n") === this.said) return;
    this.said = all.join("\n");
    clearTimeout(this.timer);
    if (!this.lasting) this.timer = setTimeout(() => this.replaceChildren(), STAYS);
    const last = lines[lines.length - 1];
    this.toggleAttribute("data-checked", !this.partial && last !== undefined && !("draftWords" in last.dataset));
    this.draw(all);
  }

  /** How wide a row may be, and how that is measured: in characters, or in pixels where the screen is the reader's. */
  wide() {
    const most = Number(this.dataset.wide) || WIDE;
    if (!this.lasting || !this.clientWidth) return [most];
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(this);
    this.ink.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const measured = (row) => this.ink.measureText(row).width;
    return [Math.min(this.clientWidth, measured("n".repeat(most))), measured];
  }

  /** Only the rows that changed are touched. */
  draw(texts) {
    const before = this.children.length;
    while (this.children.length > texts.length) this.firstChild.remove();
    texts.forEach((text, i) => {
      const row = this.children[i] ?? this.appendChild(document.createElement("span"));
      if (row.textContent !== text) row.textContent = text;
    });
    if (!before !== !texts.length) dispatchEvent(new Event("resize")); // What stands above has more or less room now.
  }
}

/** Of a line, without the words as heard that lie folded beside it. */
function words(line) {
  return [...line.childNodes].map((node) => (node.nodeName === "DETAILS" ? "" : node.textContent)).join("");
}

customElements.define("caption-rows", CaptionRows);
