// Plays sound as it comes: a little of it is held in hand against a restless network, and never more.

const RATE = 16_000;
const IN_HAND = 0.35; // Seconds between what comes and what is heard, after every silence.
const MOST = 0.8; // More than this in hand is behind: then frames are left out until it is not.

export class Player {
  skipped = 0; // Frames left out, for whoever counts them.
  #context = null;
  #due = 0; // When the next frame is to be heard, on the clock of the context.
  #ahead = new Set(); // Frames that are to be heard.

  /** By a press: browsers let no page sound by itself. */
  async start() {
    this.#context ??= new AudioContext({ sampleRate: RATE });
    await this.#context.resume();
  }

  get on() {
    return this.#context?.state === "running";
  }

  /** Samples of 16 bits, right after those before. */
  play(pcm) {
    if (!this.on) return;
    const now = this.#context.currentTime;
    if (this.#due < now) this.#due = now + IN_HAND;
    if (this.#due > now + MOST) {
      this.skipped += 1;
      return;
    }
    const buffer = this.#context.createBuffer(1, pcm.length, RATE);
    buffer.copyToChannel(Float32Array.from(pcm, (sample) => sample / 32_768), 0);
    const node = new AudioBufferSourceNode(this.#context, { buffer });
    node.connect(this.#context.destination);
    node.addEventListener("ended", () => this.#ahead.delete(node));
    this.#ahead.add(node);
    node.start(this.#due);
    this.#due += buffer.duration;
  }

  /** Nobody speaks any more: what is in hand is not heard. */
  hush() {
    for (const node of this.#ahead) node.stop();
    this.#ahead.clear();
    this.#due = 0;
  }
}
