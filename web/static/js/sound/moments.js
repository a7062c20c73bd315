// When samples were spoken, on the server's clock: sound that waits for the network comes late, and was not spoken late.

const EVERY = 2_000; // Milliseconds between two marks.
const FORGET = 60_000; // A better moment of the line than the last minute's is waited for no longer than this.

/** The server's clock as its acknowledgements tell it: of many, the one whose round trip was shortest. */
export class Moments {
  #asked = []; // [{to, at}]: a frame that ends at local sample `to` went out then.
  #ahead = null;
  #trip = Infinity;
  #learned = 0;
  #marked = 0;

  /** A frame goes out. */
  sent(to) {
    this.#asked.push({ to, at: Date.now() });
  }

  /** The server has everything before local sample `to`, and its clock showed `now`. */
  answered(to, now) {
    let last = null;
    while (this.#asked.length && this.#asked[0].to <= to) last = this.#asked.shift();
    const here = Date.now();
    if (now === undefined || (last === null && this.#ahead !== null)) return;
    const trip = last === null ? 0 : here - last.at;
    if (last !== null && trip > this.#trip && here - this.#learned < FORGET) return;
    this.#ahead = now - (here - trip / 2);
    this.#trip = last === null ? Infinity : trip;
    this.#learned = here;
  }

  /** A new line to the server: what went up the old one is answered by nobody. */
  restart() {
    this.#asked = [];
    this.#marked = 0;
  }

  /** `{caught: [place, ms]}` for a sample that this page heard at `at`, when it is time to say so; else null. */
  mark(place, at) {
    const here = Date.now();
    if (this.#ahead === null || here - this.#marked < EVERY) return null;
    this.#marked = here;
    return { caught: [Math.round(place), Math.round(at + this.#ahead)] };
  }
}
