// Words for the hall screen as the hall will see them, while they are being typed.

class HallPreview extends HTMLElement {
  connectedCallback() {
    this.field = () => this.parentElement?.querySelector("input[name=text]");
    this.typed = ({ target }) => target === this.field() && this.draw();
    this.patched = () => this.draw();
    document.addEventListener("input", this.typed);
    document.addEventListener("live:patched", this.patched);
    this.draw();
  }

  disconnectedCallback() {
    document.removeEventListener("input", this.typed);
    document.removeEventListener("live:patched", this.patched);
  }

  draw() {
    const words = this.field()?.value.trim() ?? "";
    const message = this.querySelector(".preview__message");
    if (message.textContent !== words) message.textContent = words;
    const [called, typing] = this.querySelectorAll(".preview__when");
    for (const part of [message, typing]) part.hidden = !words;
    for (const part of [called, this.querySelector(".preview__question")]) part.hidden = Boolean(words);
  }
}

customElements.define("hall-preview", HallPreview);
