import { keep, kept } from "lib/keep";

const LARGEST = 3;
const CHOICES = ["contrast", "low", "aloud"];

/** How this reader wants captions: size, contrast, place, read aloud. Kept on the device, for every dialogue. */
class CaptionLook extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this._captions = this.closest(".captions");
    this._size = Number(kept("caption-size")) || 0;
    this._chosen = new Set((kept("caption-look") || "").split(" ").filter(Boolean));
    this.querySelector("[data-larger]").addEventListener("click", () => this._resize(1));
    this.querySelector("[data-smaller]").addEventListener("click", () => this._resize(-1));
    this.addEventListener("change", ({ target }) => this._choose(target.dataset.choice, target.checked));
    this._show();
  }

  _resize(by) {
    this._size = Math.min(LARGEST, Math.max(0, this._size + by));
    keep("caption-size", String(this._size));
    this._show();
  }

  _choose(choice, on) {
    this._chosen[on ? "add" : "delete"](choice);
    keep("caption-look", [...this._chosen].join(" "));
    this._show();
  }

  _show() {
    this._captions.dataset.size = this._size;
    for (const choice of CHOICES) {
      const on = this._chosen.has(choice);
      this._captions.toggleAttribute(`data-${choice}`, on);
      this.querySelector(`[data-choice=${choice}]`).checked = on;
    }
    // Finished sentences only: words in progress stand beside this list, and are never read out.
    document.getElementById("captions").setAttribute("aria-live", this._chosen.has("aloud") ? "polite" : "off");
  }
}

customElements.define("caption-look", CaptionLook);
