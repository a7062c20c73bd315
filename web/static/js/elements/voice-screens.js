// Where the voice of a phone comes out, for those who lead: nobody is to talk into silence. Screens say it of themselves.

let newest = {};

class VoiceScreens extends HTMLElement {
  connectedCallback() {
    this.show();
  }

  show() {
    const { none, hall } = this.dataset;
    const states = Object.entries(newest).sort(([one], [other]) => one.localeCompare(other));
    const sentences = states.map(([place, state]) => `${place || hall}: ${this.dataset[state]}`);
    const text = sentences.join("; ") || none;
    if (this.textContent !== text) this.textContent = text;
    this.toggleAttribute("data-wrong", newest[""] !== "on");
  }
}

customElements.define("voice-screens", VoiceScreens);
document.addEventListener("live:now", ({ detail }) => {
  newest = detail.screens ?? {};
  document.getElementById("voice-screens")?.show();
});
