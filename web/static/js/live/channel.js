import { pause } from "lib/backoff";

const QUIET = 25_000; // Without a word for so long, ask whether anybody is there: a dead link says nothing.
const PATIENCE = 6_000; // ... and for so long for the answer. Halls are slow, but not slower.
const GONE_FOR_GOOD = 4500; // Close codes from here on mean: do not come back.

/** One socket that is always coming back. Events: "message" (parsed), "state" ("opening" | "open" | "waiting" | "gone"). */
export class Channel extends EventTarget {
  state = "opening";
  failures = 0; // Tries in a row that brought not one message.
  #address;
  #socket = null;
  #retry = 0;
  #watch = 0;

  constructor(address) {
    super();
    this.#address = address;
  }

  start() {
    this.#open();
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.#become(this.state)); // The same link, in other words.
    addEventListener("pageshow", () => this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
  }

  /** True when the message left this page; an answer is another matter. */
  send(message) {
    if (this.state !== "open") return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The person is looking, or the network is back: find out at once whether the link lives. */
  wake() {
    this.#become(this.state);
    if (this.state === "open") this.#ask();
    else if (this.state === "waiting") this.#open();
  }

  /** Leave this socket and come back after `after` milliseconds. */
  again(after = 0) {
    this.#drop();
    this.#wait(after);
  }

  #open() {
    clearTimeout(this.#retry);
    this.#become("opening");
    const socket = new WebSocket(this.#address());
    this.#socket = socket;
    this.#listen(PATIENCE * 2);
    socket.addEventListener("open", () => this.#opened(socket));
    socket.addEventListener("message", (event) => this.#heard(socket, event.data));
    socket.addEventListener("close", (event) => this.#closed(socket, event.code));
  }

  #opened(socket) {
    if (socket !== this.#socket) return;
    this.#become("open");
    this.#listen(QUIET);
  }

  #heard(socket, text) {
    if (socket !== this.#socket) return;
    this.failures = 0;
    this.#listen(QUIET);
    this.dispatchEvent(new CustomEvent("message", { detail: JSON.parse(text) }));
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#watch);
    if (code >= GONE_FOR_GOOD && code < 5000) this.#become("gone");
    else this.#wait(pause(this.failures++));
  }

  #wait(after) {
    this.#become("waiting");
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), after);
  }

  #listen(patience) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => (this.state === "open" ? this.#ask() : this.again(pause(this.failures++))), patience);
  }

  #ask() {
    this.send({ ping: 1 });
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.again(), PATIENCE);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null; // Its late events are no longer ours.
    clearTimeout(this.#watch);
    socket?.close();
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
