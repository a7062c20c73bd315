import { onWake } from "lib/awake";
import { pause } from "lib/backoff";
import { openFeed } from "live/feed";
import { failed, ripe, road, worked } from "live/road";
import { openSocket } from "live/socket";

const FIRST = 4_000; // For the first word of a new line; then the other road is tried.
const SLOWEST = 15_000; // ... which grows up to this, for lines on which everything takes long.
const QUIET = 25_000; // A socket without a word for so long is asked whether anybody is there: a dead link says nothing.
const SILENT = 40_000; // A feed cannot be asked; the server says something every 15 seconds.
const ANSWER = 6_000; // For the answer, in the middle of an evening ...
const ANSWER_NOW = 3_000; // ... and to somebody who has just come back and looks.
const BEAT = 20_000; // ... who, on a feed, is not content with what was heard longer ago than this.

/** One line that is always coming back. Events: "message" (parsed), "woken", "large" (what was sent is too large for a
 *  line and goes by another way) and "state":
 *  "opening" | "open" | "waiting" | "leaving" (a planned restart) | "resting" (hidden) | "strange" (who answered is not
 *  the server) | "gone". Names with _ are its own: phones of 2020 have no private methods. */
export class Channel extends EventTarget {
  /** `address(road)` is where to; `restless()` whether something must be sent even while nobody looks. */
  constructor(address, restless) {
    super();
    this.state = "opening";
    this.failures = 0; // Tries in a row that brought not one message.
    this._address = address;
    this._restless = restless;
    this._turn = 0; // Which line is ours; late events of earlier ones are not.
    this._line = null;
    this._road = "socket";
    this._strange = false; // Somebody else answers in the server's place, as far as we know.
    this._heardAt = 0;
    this._window = null;
  }

  start() {
    this._open();
    onWake(() => this.wake());
    addEventListener("offline", () => this._doubt());
    addEventListener("pagehide", () => this._leave()); // An open line keeps a page out of the browser's memory.
    document.addEventListener("visibilitychange", () => document.hidden && this._rest());
  }

  /** True when the message left this page; an answer is another matter. */
  send(message) {
    return this.state === "open" && this._line.send(JSON.stringify(message));
  }

  /** Somebody is looking, or the network is back: find out at once whether the link lives. */
  wake() {
    this.dispatchEvent(new Event("woken"));
    if (this.state === "open") this._ask(ANSWER_NOW);
    else if (this.state === "opening") this._listen(FIRST);
    else {
      this.failures = 0;
      this._open();
    }
  }

  /** The device says that its network is gone: told in words at once; an open line is asked whether that is so. */
  _doubt() {
    this._become(this.state);
    if (this.state === "open") this._ask(ANSWER);
  }

  /** Leave this line and come back after `after` milliseconds. */
  again(after = 0) {
    this._drop();
    this._wait(after);
  }

  /** The server goes soon: stay until it closes, then come back at a moment between these two (milliseconds). */
  leaving(window) {
    this._window = window;
  }

  _open() {
    clearTimeout(this._retry);
    this._drop();
    this._window = null;
    this._road = road();
    const turn = this._turn;
    const ours = (work) => (detail) => turn === this._turn && work(detail);
    this._become("opening");
    this._line = (this._road === "feed" ? openFeed : openSocket)(this._address(this._road), {
      heard: ours((text) => this._heard(text)),
      closed: ours((why) => this._closed(why)),
    });
    this._listen(Math.min(SLOWEST, FIRST * (1 + this.failures)));
  }

  _heard(text) {
    this._heardAt = Date.now();
    this._listen(this._road === "feed" ? SILENT : QUIET);
    if (this.state !== "open") {
      worked(this._road);
      this.failures = 0;
      this._strange = false;
      this._become("open");
    }
    this.dispatchEvent(new CustomEvent("message", { detail: JSON.parse(text) }));
    if (this._road === "feed" && this.state === "open" && ripe()) this.again();
  }

  _closed(why) {
    const heard = this.state === "open";
    this._drop();
    if (!heard) failed(this._road);
    if (this._road === "feed") this._strange = why === "stranger";
    if (why === "large") this.dispatchEvent(new Event("large"));
    if (why === "gone") this._become("gone");
    else if (this._window) this._wait(this._window[0] + Math.random() * (this._window[1] - this._window[0]), "leaving");
    else this._wait(pause(this.failures++));
  }

  _wait(after, state = "waiting") {
    this._become(state);
    clearTimeout(this._retry);
    if (document.hidden && !this._restless()) this._rest();
    else this._retry = setTimeout(() => this._open(), after);
  }

  /** Nobody looks: no timers. What comes through an open line is still taken. */
  _rest() {
    if (this._restless()) return;
    clearTimeout(this._retry);
    clearTimeout(this._watch);
    if (this.state !== "open" && this.state !== "gone") {
      this._drop();
      this._become("resting");
    }
  }

  _leave() {
    if (this.state === "gone") return;
    clearTimeout(this._retry);
    this._drop();
    this._become("resting");
  }

  _listen(patience) {
    clearTimeout(this._watch);
    if (!document.hidden || this._restless()) this._watch = setTimeout(() => this._missed(), patience);
  }

  _missed() {
    if (this.state === "open" && this._road === "socket") this._ask(ANSWER);
    else this._lost();
  }

  _ask(patience) {
    if (this._road === "feed") {
      if (Date.now() - this._heardAt > BEAT) this._lost();
      else this._listen(SILENT);
    } else if (this._line.send('{"ping":1}')) {
      clearTimeout(this._watch);
      this._watch = setTimeout(() => this._lost(), patience);
    } else this._lost();
  }

  _lost() {
    if (this.state !== "open") failed(this._road, true);
    this.again(pause(this.failures++));
  }

  _drop() {
    this._turn += 1;
    clearTimeout(this._watch);
    if (this._line) this._line.close();
    this._line = null;
  }

  _become(state) {
    this.state = state;
    const detail = this._strange && (state === "opening" || state === "waiting") ? "strange" : state;
    this.dispatchEvent(new CustomEvent("state", { detail }));
  }
}
