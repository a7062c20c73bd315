// <text-counter data-for="id" data-limit="500" data-left="Còn {count} ký tự" data-over="Quá {count} ký tự">

/** Says how much room is left, in characters as the server counts them (code points, NFC). */
class TextCounter extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    this.field.addEventListener("input", () => this.show());
    this.field.form?.addEventListener("reset", () => queueMicrotask(() => this.show()));
    this.show();
  }

  show() {
    const left = Number(this.dataset.limit) - [...this.field.value.normalize("NFC").trim()].length;
    this.textContent = (left < 0 ? this.dataset.over : this.dataset.left).replace("{count}", Math.abs(left));
    this.toggleAttribute("data-full", left < 0);
  }
}

customElements.define("text-counter", TextCounter);
