// How loud it is, as a bar and in words: too low and too high both cost words later.

import { say } from "lib/words";

const meter = document.getElementById("level");
const words = document.getElementById("level-words");
const FALL = 1.5; // Decibels per 0.1 s: slow enough to read.
const QUIET_FOR = 50; // Blocks of 0.1 s before silence is worth a word.

let shown = -60;
let quiet = 0;

/** `peak` of the last 0.1 s, 0 to 1. */
export function show(peak) {
  const decibels = Math.max(-60, 20 * Math.log10(Math.max(peak, 0.001)));
  shown = Math.max(decibels, shown - FALL);
  meter.value = peak === 0 ? -60 : shown;
  quiet = decibels < -50 ? quiet + 1 : 0;
  const sentence = peak >= 0.99 ? say("loud") : quiet > QUIET_FOR && peak > 0 ? say("quiet") : "";
  if (words.textContent !== sentence) words.textContent = sentence;
}
