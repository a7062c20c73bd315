// Sound to the server: frames with their place in the recording, resent from where the server is after a cut.

import { pause } from "lib/backoff";
import { Keeper } from "sound/keeper";
import { Link } from "sound/link";
import { Moments } from "sound/moments";
import { Unheard } from "sound/unheard";

const NOT_HERE = 4500; // Signed out.
const RARELY = 3; // Tries from which on they come no more rarely, 4 s at most: a hall has few microphones.
const TAKEN = 4505; // Another computer records this source now.

/** Events: "state" ("opening" | "open" | "waiting" | "held" | "taken" | "gone" | "stopped"), "have", "refused". */
export class SoundWire extends EventTarget {
  state = "waiting";
  #address;
  #line;
  #owner; // Whose microphone it is.
  #keeper;
  #base; // Place, in the recording, of our first sample; null until the server has said it.
  #link = null;
  #met = false; // This link's first answer has been understood.
  #sent = 0; // Local number of the next sample to send.
  #failures = 0;
  #timer = 0;
  #stopping = false;
  #insists = false;
  #moments = new Moments();
  #heardAt; // [local sample, when this page heard it]: the newest, or where a line that was left behind began.

  /** `line` as in sound/keeping.js, `blocks` what is kept of it; nothing is sent before `after` is done. */
  constructor(address, { line, keeping, blocks = [], after = null }) {
    super();
    this.#address = address;
    this.#line = line.id;
    this.#owner = { role: line.role, owner: line.owner };
    this.#keeper = new Keeper(keeping, line);
    this.#base = line.base;
    this.#heardAt = [0, line.began];
    this.unheard = new Unheard(this.#keeper, blocks);
    if (!blocks.length) this.#keeper.begin();
    Promise.resolve(after).then(() => this.#open());
    addEventListener("online", () => this.state === "waiting" && this.#open());
    addEventListener("focus", () => this.state === "gone" && this.#open()); // Signed in again in another tab.
  }

  /** Why what waits is in memory only; null while this computer's disk holds it too. */
  get unkept() {
    return this.#keeper.failed;
  }

  add(pcm) {
    this.unheard.add(pcm);
    this.#heardAt = [this.unheard.end, Date.now()];
    this.#flush();
  }

  /** Stop once everything is on the server's disk. */
  stop() {
    this.#stopping = true;
    this.#flush();
  }

  /** Record here although another computer does. */
  takeOver() {
    this.#insists = true;
    this.#open();
  }

  /** The door that was shut may be open again. */
  reopen() {
    if (this.state === "gone") this.#open();
  }

  /** Resolves when the server has everything and the line is over. */
  over() {
    if (this.state === "stopped") return Promise.resolve();
    return new Promise((resolve) => {
      this.addEventListener("state", ({ detail }) => detail === "stopped" && resolve());
    });
  }

  #open() {
    clearTimeout(this.#timer);
    this.#met = false;
    this.#become("opening");
    this.#link?.leave();
    this.#link = new Link(this.#address, {
      hello: () => this.#hello(),
      heard: (message, link) => this.#heard(message, link),
      closed: (code) => this.#closed(code),
    });
  }

  #hello() {
    const first = this.#base === null ? null : this.#base + this.unheard.first;
    return { start: 1, rate: 16_000, line: this.#line, first, take_over: this.#insists, ...this.#owner };
  }

  async #heard(message, link) {
    if (message.refused) {
      this.#become(message.held ? "held" : this.state);
      this.dispatchEvent(new CustomEvent("refused", { detail: message }));
      return;
    }
    if (!this.#met) await this.#meet(message);
    if (link !== this.#link) return;
    const has = message.have - this.#base;
    this.#moments.answered(has, message.now);
    this.unheard.acknowledge(has);
    if (this.#sent > has) link.expect();
    else link.rest();
    this.dispatchEvent(new CustomEvent("have", { detail: message }));
    this.#flush();
  }

  /** The first answer: find out where to go on. What stands there and is not ours was recorded by somebody meanwhile. */
  async #meet(message) {
    const { have, prints = [] } = message;
    this.#insists = false;
    const { first } = this.unheard;
    const kept = this.#base === null ? null : this.#base + first;
    const same = kept === null || have <= kept ? first : this.unheard.same(prints, have - kept);
    if (kept === null || have > this.#base + same) {
      this.#base = have - same;
      await this.#keeper.place(this.#base);
    }
    this.#met = true;
    this.#moments.restart();
    this.#moments.answered(0, message.now);
    this.#sent = Math.max(have - this.#base, first);
    this.#failures = 0;
    this.#become("open");
  }

  #flush() {
    if (this.state !== "open" || !this.#met) return;
    const mark = this.#moments.mark(this.#base + this.#heardAt[0], this.#heardAt[1]);
    if (mark) this.#link.tell(mark);
    while (!this.#link.isBehind) {
      const frame = this.unheard.next(this.#sent);
      if (!frame) break;
      this.#link.give(this.#base + frame.at, frame.pcm);
      if (this.#sent === this.unheard.first) this.#link.expect();
      this.#sent = frame.at + frame.pcm.length;
      this.#moments.sent(this.#sent);
    }
    if (this.#stopping && !this.unheard.samples) this.#link.tell({ stop: 1 });
  }

  #closed(code) {
    if (code === null) this.#lost();
    else if (this.#stopping && !this.unheard.samples) this.#finish();
    else if (code === TAKEN) this.#taken();
    else if (code === NOT_HERE) this.#become("gone");
    else this.#wait();
  }

  /** It was silent: whether all has come, only the next one can say. */
  #lost() {
    this.#link = null;
    this.#wait();
  }

  async #finish() {
    await this.#keeper.remove();
    this.#become("stopped");
  }

  /** What we still have is sent when the other one stops: it is put behind, as the sound came to be. */
  #taken() {
    this.#become("taken");
    this.#stopping = true;
    if (this.unheard.samples) this.#wait();
    else this.#finish();
  }

  #wait() {
    if (this.state !== "held" && this.state !== "taken") this.#become("waiting");
    this.#timer = setTimeout(() => this.#open(), 500 + pause(Math.min(this.#failures++, RARELY)));
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
