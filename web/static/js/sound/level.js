// How loud it is, as a bar and in words: too low and too high both cost words later.

import { say } from "lib/words";
import { Loudness } from "sound/loudness";

const meter = document.getElementById("level");
const words = document.getElementById("level-words");
const QUIET = -50; // Decibels under which nobody speaks into a microphone.
const QUIET_FOR = 50; // Blocks of 0.1 s before silence is worth a word.
const DEAD_FOR = 20; // The same for exact zeros: no open microphone is ever so still.
const LOUD_FOR = 30; // Blocks for which the words of one that was too loud stay: they are to be read.

let loudness;
let quiet;
let dead;
let loud;
let muted = false;

/** Nothing is heard any more, or not yet. */
export function reset() {
  loudness = new Loudness();
  quiet = dead = loud = 0;
  muted = false;
  meter.value = loudness.shown;
  write("");
}

/** `peak` of the last 0.1 s, 0 to 1. */
export function show(peak) {
  const decibels = loudness.hear(peak);
  meter.value = loudness.shown;
  quiet = decibels < QUIET ? quiet + 1 : 0;
  dead = peak === 0 ? dead + 1 : 0;
  loud = peak >= 0.99 ? LOUD_FOR : Math.max(0, loud - 1);
  write(sentence());
}

/** The browser says that the device gives nothing: muted by a key of its own, or by the system. */
export function mute(on) {
  muted = on;
  write(sentence());
}

function sentence() {
  if (muted) return say("muted");
  if (loud) return say("loud");
  if (dead > DEAD_FOR) return say("dead");
  return quiet > QUIET_FOR ? say("quiet") : "";
}

function write(text) {
  if (words.textContent !== text) words.textContent = text;
}

reset();
