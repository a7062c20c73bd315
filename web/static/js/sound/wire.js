// Sound to the server: frames with their place in the recording, resent from where the server is after a cut.

import { pause } from "lib/backoff";
import { Unheard } from "sound/unheard";

const PATIENCE = 8_000; // For an acknowledgement: a link may look open and be dead.
const BEHIND = 256 * 1024; // Bytes the socket may hold back before we wait for it.
const GONE_FOR_GOOD = 4503;

/** Events: "state" ("opening" | "open" | "waiting" | "gone" | "stopped") and "have" (what the server answered). */
export class SoundWire extends EventTarget {
  unheard = new Unheard();
  state = "opening";
  #address;
  #socket = null;
  #base = null; // Place, in the recording, of our first sample.
  #sent = 0; // Local number of the next sample to send.
  #failures = 0;
  #timer = 0;
  #watch = 0;
  #stopping = false;

  constructor(address) {
    super();
    this.#address = address;
    this.#open();
    addEventListener("online", () => this.state === "waiting" && this.#open());
    addEventListener("focus", () => this.state === "gone" && this.#open()); // Signed in again in another tab.
  }

  add(pcm) {
    this.unheard.add(pcm);
    this.#flush();
  }

  /** Stop once everything is on the server's disk. */
  stop() {
    this.#stopping = true;
    this.#flush();
  }

  #open() {
    clearTimeout(this.#timer);
    this.#become("opening");
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#expect();
    socket.addEventListener("open", () => socket.send(JSON.stringify({ start: 1, rate: 16_000 })));
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#heard(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => socket === this.#socket && this.#closed(code));
  }

  #heard(message) {
    if (message.refused) {
      this.dispatchEvent(new CustomEvent("refused", { detail: message }));
      return;
    }
    this.#base ??= message.have - this.unheard.first;
    const has = message.have - this.#base;
    if (this.state !== "open") {
      this.#sent = Math.max(has, this.unheard.first);
      this.#failures = 0;
      this.#become("open");
    }
    this.unheard.acknowledge(has);
    clearTimeout(this.#watch);
    if (this.#sent > has) this.#expect();
    this.dispatchEvent(new CustomEvent("have", { detail: message }));
    this.#flush();
  }

  #flush() {
    if (this.state !== "open") return;
    while (this.#socket.bufferedAmount < BEHIND) {
      const frame = this.unheard.next(this.#sent);
      if (!frame) break;
      this.#socket.send(framed(this.#base + frame.at, frame.pcm));
      if (this.#sent === this.unheard.first) this.#expect();
      this.#sent = frame.at + frame.pcm.length;
    }
    if (this.#stopping && !this.unheard.samples) this.#socket.send(JSON.stringify({ stop: 1 }));
  }

  #expect() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), PATIENCE);
  }

  #lost() {
    const socket = this.#socket;
    this.#socket = null;
    socket.close();
    this.#wait();
  }

  #closed(code) {
    clearTimeout(this.#watch);
    if (this.#stopping && !this.unheard.samples) this.#become("stopped");
    else if (code >= GONE_FOR_GOOD && code < 5000) this.#become("gone");
    else this.#wait();
  }

  #wait() {
    this.#become("waiting");
    this.#timer = setTimeout(() => this.#open(), pause(this.#failures++));
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}

/** 8 bytes of place, little-endian, then the samples as they lie in memory (every browser of today is little-endian). */
function framed(place, pcm) {
  const frame = new Uint8Array(8 + pcm.byteLength);
  new DataView(frame.buffer).setBigUint64(0, BigInt(place), true);
  frame.set(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength), 8);
  return frame;
}
