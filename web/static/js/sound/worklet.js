// Runs in the audio thread, alone (worklets see no import map): the microphone's own rate to 16 kHz, in blocks of 0.1 s.
// The rate of the context is what the device has and is never assumed: browsers ignore a wish for 16 kHz.

const RATE = 16_000;
const BLOCK = 1_600;
const LOBES = 16; // Zero crossings of the kernel on each side: aliases stay under -60 dB.
const FINE = 256; // Steps of the kernel's table between two crossings.

/** Band-limited resampling with a windowed sinc. push(samples) calls emit(sample) for each sample at 16 kHz. */
class Resampler {
  constructor(from, emit) {
    this.step = from / RATE;
    this.emit = emit;
    this.scale = Math.max(1, this.step); // Width of a lobe in samples of the input.
    this.reach = Math.ceil(LOBES * this.scale);
    this.kept = new Float32Array(this.reach); // Silence before the first sample.
    this.base = -this.reach; // Index, in the input, of kept[0].
    this.made = 0;
    this.table = Float32Array.from({ length: LOBES * FINE + 2 }, (_, i) => kernel(i / FINE) / this.scale);
  }

  push(samples) {
    const all = new Float32Array(this.kept.length + samples.length);
    all.set(this.kept);
    all.set(samples, this.kept.length);
    const end = this.base + all.length;
    for (let at = this.made * this.step; at + this.reach < end; at = ++this.made * this.step) this.emit(this.value(all, at));
    const from = Math.max(0, Math.floor(this.made * this.step) - this.reach - this.base);
    this.kept = all.slice(from);
    this.base += from;
  }

  value(all, at) {
    const first = Math.max(0, Math.ceil(at - this.reach) - this.base);
    const last = Math.min(all.length - 1, Math.floor(at + this.reach) - this.base);
    let sum = 0;
    for (let i = first; i <= last; i++) {
      const place = (Math.abs(i + this.base - at) / this.scale) * FINE;
      const under = Math.floor(place);
      if (under > LOBES * FINE) continue;
      sum += all[i] * (this.table[under] + (this.table[under + 1] - this.table[under]) * (place - under));
    }
    return sum;
  }
}

/** Sinc under a Blackman window, cut a little below the new Nyquist rate. */
function kernel(x) {
  if (x >= LOBES) return 0;
  const cut = 0.92;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * cut * x) / (Math.PI * cut * x);
  const turn = (Math.PI * x) / LOBES;
  return cut * sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
}

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
    this.peak = 0;
    this.resampler = sampleRate === RATE ? null : new Resampler(sampleRate, (sample) => this.put(sample));
  }

  process([[samples]]) {
    if (!samples) return true; // The device is away for a moment; the page notices its end.
    if (this.resampler) this.resampler.push(samples);
    else for (const sample of samples) this.put(sample);
    return true;
  }

  put(sample) {
    const held = Math.max(-1, Math.min(1, sample));
    this.peak = Math.max(this.peak, Math.abs(held));
    this.block[this.filled++] = Math.round(held * 32_767);
    if (this.filled < BLOCK) return;
    const pcm = this.block.slice();
    this.port.postMessage({ pcm, peak: this.peak }, [pcm.buffer]);
    this.filled = this.peak = 0;
  }
}

registerProcessor("capture", Capture);
