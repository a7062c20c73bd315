// Sound that the server has not yet on disk, in order. What is acknowledged is forgotten; what is not, waits.

import { crc32 } from "sound/crc";

const MINUTE = 16_000 * 60;
const IN_MEMORY = 20 * MINUTE; // Samples kept at most where only memory holds them: 38 MB.
const ON_DISK = 120 * MINUTE; // ... and where this computer's disk holds them too.
const FRAME = 16_000; // Samples sent in one frame at most.
const PRINT = 1_600; // Samples in each print that the server tells of its own sound.

export class Unheard {
  first = 0; // Local number of the first kept sample.
  end = 0; // ... and of the next to come.
  dropped = 0;
  #blocks = [];
  #keeper;

  /** `blocks` are what was kept of this line before: [{at, pcm}], without a hole. */
  constructor(keeper, blocks = []) {
    this.#keeper = keeper;
    this.first = this.end = blocks.length ? blocks[0].at : 0;
    for (const { pcm } of blocks) this.#put(pcm);
  }

  get samples() {
    return this.end - this.first;
  }

  add(pcm) {
    this.#keeper.add(this.end, pcm);
    this.#put(pcm);
    const most = this.#keeper.failed ? IN_MEMORY : ON_DISK;
    while (this.samples > most) this.dropped += this.#forget();
  }

  /** The server has everything before local sample `to`. */
  acknowledge(to) {
    const { first } = this;
    while (this.#blocks.length && this.first + this.#blocks[0].length <= to) this.#forget();
    if (this.first > first) this.#keeper.forget(this.first);
  }

  /** The local number up to which the server's sound, told as `prints` from our first sample on, is this very sound. */
  same(prints, samples) {
    let at = this.first;
    for (const print of prints) {
      const length = Math.min(PRINT, samples - (at - this.first));
      const mine = this.#cut(at, length);
      if (mine.length < length || crc32(mine) !== print) break;
      at += length;
    }
    return at;
  }

  /** The sound from local sample `from` on, at most one frame of it: {at, pcm}, or null when there is none. */
  next(from) {
    const at = Math.max(from, this.first);
    const pcm = this.#cut(at, FRAME);
    return pcm.length ? { at, pcm } : null;
  }

  #put(pcm) {
    this.#blocks.push(pcm);
    this.end += pcm.length;
  }

  #cut(from, length) {
    const pcm = new Int16Array(Math.max(0, Math.min(length, this.end - from)));
    let at = this.first;
    for (const block of this.#blocks) {
      if (at >= from + pcm.length) break;
      if (at + block.length > from) {
        const part = block.subarray(Math.max(0, from - at), from + pcm.length - at);
        pcm.set(part, Math.max(0, at - from));
      }
      at += block.length;
    }
    return pcm;
  }

  #forget() {
    const { length } = this.#blocks.shift();
    this.first += length;
    return length;
  }
}
