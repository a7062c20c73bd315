import { keep } from "lib/keep";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** A button between light and dark; shown by script only, since without it the system's theme holds. */
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.firstElementChild.addEventListener("click", () => this.turn());
    dark.addEventListener("change", () => this.name());
    this.name();
  }

  theme() {
    return document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
  }

  turn() {
    const theme = this.theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    keep("theme", theme);
    this.name();
  }

  name() {
    const button = this.firstElementChild;
    button.textContent = this.theme() === "dark" ? button.dataset.light : button.dataset.dark;
  }
}

customElements.define("theme-switch", ThemeSwitch);
