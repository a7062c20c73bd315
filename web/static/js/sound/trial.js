// A trial: a few seconds of the chosen microphone, played back here. Nothing of it leaves this computer.

const SECONDS = 5;

/** Collects what it is given; `done(wav)` is called once with a Blob when there is enough. */
export class Trial {
  #blocks = [];
  #samples = 0;
  #done;

  constructor(done) {
    this.#done = done;
  }

  add(pcm) {
    if (this.#samples >= SECONDS * 16_000) return;
    this.#blocks.push(pcm);
    this.#samples += pcm.length;
    if (this.#samples >= SECONDS * 16_000) this.#done(wav(this.#blocks, this.#samples));
  }
}

/** Mono, 16 kHz, 16 bit, as browsers play it. */
function wav(blocks, samples) {
  const head = new DataView(new ArrayBuffer(44));
  const text = (at, letters) => [...letters].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
  const bytes = samples * 2;
  text(0, "RIFF");
  head.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, 16_000, 4], [28, 32_000, 4], [32, 2, 2], [34, 16, 2]].forEach(([at, value, size]) => {
    if (size === 4) head.setUint32(at, value, true);
    else head.setUint16(at, value, true);
  });
  text(36, "data");
  head.setUint32(40, bytes, true);
  return new Blob([head, ...blocks], { type: "audio/wav" });
}
