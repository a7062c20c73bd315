// One connection of a capture page with the server. It may look open and be dead: then silence ends it.

const PATIENCE = 8_000; // For an answer.
const BEHIND = 256 * 1024; // Bytes the socket may hold back before we wait for it.

export class Link {
  #socket;
  #silent;
  #watch = 0;
  #over = false; // Nothing of it counts any more.

  /** `hello()` is said first; `heard(message, link)` is called with each answer, `closed` once: its code, null for silence. */
  constructor(address, { hello, heard, closed }) {
    this.#socket = new WebSocket(address);
    this.#socket.addEventListener("open", () => this.tell(hello()));
    this.#socket.addEventListener("message", ({ data }) => this.#over || heard(JSON.parse(data), this));
    this.#socket.addEventListener("close", ({ code }) => this.#end(code, closed));
    this.#silent = () => this.#end(null, closed);
    this.expect();
  }

  get isBehind() {
    return this.#socket.bufferedAmount >= BEHIND;
  }

  tell(message) {
    this.#socket.send(JSON.stringify(message));
  }

  give(place, pcm) {
    this.#socket.send(framed(place, pcm));
  }

  /** Something must be answered from now on. */
  expect() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(this.#silent, PATIENCE);
  }

  /** Nothing is due. */
  rest() {
    clearTimeout(this.#watch);
  }

  /** Another one is in its place: whatever becomes of this one, nobody hears of it. */
  leave() {
    this.#over = true;
    this.rest();
  }

  #end(code, closed) {
    if (this.#over) return;
    this.leave();
    this.#socket.close();
    closed(code);
  }
}

/** 8 bytes of place, little-endian, then the samples as they lie in memory (every browser of today is little-endian). */
function framed(place, pcm) {
  const frame = new Uint8Array(8 + pcm.byteLength);
  new DataView(frame.buffer).setBigUint64(0, BigInt(place), true);
  frame.set(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength), 8);
  return frame;
}
