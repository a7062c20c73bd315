// Sound that the server has not yet on disk, in order. What is acknowledged is forgotten; what is not, waits.

export const LONGEST = 16_000 * 60 * 20; // Samples kept at most: 20 minutes, 38 MB.
const FRAME = 16_000; // Samples sent in one frame at most.

export class Unheard {
  #blocks = [];
  first = 0; // Local number of the first kept sample.
  end = 0; // ... and of the next to come.
  dropped = 0;

  get samples() {
    return this.end - this.first;
  }

  add(pcm) {
    this.#blocks.push(pcm);
    this.end += pcm.length;
    while (this.samples > LONGEST) this.dropped += this.#forget();
  }

  /** The server has everything before local sample `to`. */
  acknowledge(to) {
    while (this.#blocks.length && this.first + this.#blocks[0].length <= to) this.#forget();
  }

  /** The sound from local sample `from` on, at most one frame of it: {at, pcm}, or null when there is none. */
  next(from) {
    let at = this.first;
    const parts = [];
    let length = 0;
    for (const block of this.#blocks) {
      if (at + block.length > from && length < FRAME) {
        const part = at < from ? block.subarray(from - at) : block;
        parts.push(part);
        length += part.length;
      }
      at += block.length;
    }
    return length ? { at: Math.max(from, this.first), pcm: joined(parts, length) } : null;
  }

  #forget() {
    const { length } = this.#blocks.shift();
    this.first += length;
    return length;
  }
}

function joined(parts, length) {
  const all = new Int16Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
