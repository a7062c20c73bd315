import { keep, kept } from "lib/keep";

const LARGEST = 3;
const ASKED = { usual: 0, large: 1, larger: 2, largest: 3 };

/** How captions look in this hall: size, contrast, place. For those who read from the back row; kept on this machine.
    The address may ask for it: ?captions=largest&look=contrast&place=top. */
class HallCaptions extends HTMLElement {
  connectedCallback() {
    const asked = new URLSearchParams(location.search);
    const [size, ...chosen] = (kept("hall-captions") || "0").split(" ");
    this.size = ASKED[asked.get("captions")] ?? (Number(size) || 0);
    this.chosen = new Set(chosen);
    if (asked.get("look") === "contrast") this.chosen.add("contrast");
    if (asked.get("place") === "top") this.chosen.add("top");
    this.addEventListener("click", ({ target }) => this.do(target.closest("button")?.dataset.look));
    document.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  key({ key, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey) return;
    this.do({ "+": "larger", "=": "larger", "-": "smaller", k: "contrast", t: "top" }[key]);
  }

  do(what) {
    if (what === "larger" || what === "smaller") {
      this.size = Math.min(LARGEST, Math.max(0, this.size + (what === "larger" ? 1 : -1)));
    } else if (what === "contrast" || what === "top") {
      if (!this.chosen.delete(what)) this.chosen.add(what);
    } else return;
    keep("hall-captions", [this.size, ...this.chosen].join(" "));
    this.show();
  }

  show() {
    document.body.dataset.captionsSize = this.size;
    for (const what of ["contrast", "top"]) {
      const on = this.chosen.has(what);
      document.body.toggleAttribute(`data-captions-${what}`, on);
      this.querySelector(`[data-look=${what}]`).setAttribute("aria-pressed", on);
    }
    dispatchEvent(new Event("resize")); // The question has more or less room now.
  }
}

customElements.define("hall-captions", HallCaptions);
