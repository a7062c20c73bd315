// How loud it is, as a bar shows it: up at once, and down slowly enough to be read.

const LEAST = -60; // Decibels at the left end of the bar.
const FALL = 1.5; // Decibels per 0.1 s.

export class Loudness {
  shown = LEAST;

  /** Take in the `peak` of the last 0.1 s, 0 to 1; in decibels. */
  hear(peak) {
    const decibels = Math.max(LEAST, 20 * Math.log10(Math.max(peak, 0.001)));
    this.shown = Math.max(decibels, this.shown - FALL);
    return decibels;
  }
}
