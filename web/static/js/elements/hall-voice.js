// The hall screen, or that of a linked site, plays who speaks from a phone: one press, and a word on how it is.

import { pause } from "lib/backoff";
import { lineTo } from "lib/line-to";
import { code, main } from "live/place";
import { Player } from "voice/player";

const BEAT = 2_000; // The server is told so often that this screen lives.
const SILENCE = 2_000; // Milliseconds without sound, while somebody speaks, that are no pause of the network any more.
const PLACE = 8; // Bytes before the samples of a frame.

class HallVoice extends HTMLElement {
  #player = new Player();
  #socket = null;
  #failures = 0;
  #heardAt = 0;
  #speaksSince = 0;

  connectedCallback() {
    if (this.#socket) return;
    this.querySelector("button").addEventListener("click", () => this.#start());
    document.addEventListener("live:patched", () => this.#tell());
    document.addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey }) => {
      if (key.toLowerCase() === "b" && !(ctrlKey || altKey || metaKey)) this.#start();
    });
    this.#open();
    setInterval(() => this.#tell(), BEAT);
  }

  async #start() {
    await this.#player.start();
    this.#tell();
  }

  #open() {
    const url = lineTo(`/d/${code}/sound/remote_voice/hall`);
    if (main.dataset.site) url.searchParams.set("site", main.dataset.site);
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.addEventListener("open", () => this.#tell());
    this.#socket.addEventListener("message", ({ data }) => this.#hear(data));
    this.#socket.addEventListener("close", () => this.#closed());
  }

  #closed() {
    this.#tell();
    setTimeout(() => this.#open(), 500 + pause(Math.min(this.#failures++, 4)));
  }

  #hear(data) {
    this.#failures = 0;
    this.#heardAt = Date.now();
    this.#player.play(new Int16Array(data, PLACE));
    if (this.dataset.state === "lost") this.#tell();
  }

  #state() {
    if (!this.#player.on) return "off";
    if (this.#socket.readyState !== WebSocket.OPEN) return "lost";
    const last = Math.max(this.#heardAt, this.#speaksSince);
    return this.#speaksSince && Date.now() - last > SILENCE ? "lost" : "on";
  }

  /** On the screen, and to those who lead. */
  #tell() {
    const remote = document.getElementById("remote-voice");
    if (this.#speaksSince && !remote?.hasAttribute("data-speaking")) this.#player.hush();
    this.#speaksSince = remote?.hasAttribute("data-speaking") ? this.#speaksSince || Date.now() : 0;
    const state = this.#state();
    this.dataset.state = state;
    const isNeeded = remote?.hasAttribute("data-number") ?? false;
    if (this.hasAttribute("data-needed") !== isNeeded) {
      this.toggleAttribute("data-needed", isNeeded);
      dispatchEvent(new Event("resize")); // The question has less or more room now.
    }
    const line = this.querySelector("[role=status]");
    if (line.textContent !== line.dataset[state]) line.textContent = line.dataset[state];
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify({ state, skipped: this.#player.skipped }));
    this.#player.skipped = 0;
  }
}

customElements.define("hall-voice", HallVoice);
