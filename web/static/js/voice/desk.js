// What somebody who speaks from this phone sees of it: the level, how long, and in words where their voice is.

import { asTime } from "lib/as-time";
import { Loudness } from "sound/loudness";

const card = () => document.getElementById("my-microphone");
const part = (name) => card()?.querySelector(`[data-${name}]`);

const sentences = JSON.parse(card()?.dataset.words ?? "{}"); // The card may be gone when they are wanted.
let since = 0; // When speaking began, for the clock.
let loudness = new Loudness();

/** "offered", "agreed", "declined" or "closed"; null when the invitation is gone. */
export const microphone = () => card()?.dataset.state ?? null;

export const worklet = () => card().dataset.worklet;

/** The sentence `name` of the card, with {places} filled. */
export function word(name, places = {}) {
  return (sentences[name] ?? "").replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

/** Whether the voice goes out: the meter and the button that ends it, or the one that begins it. */
export function speaking(on) {
  if (!card()) return;
  part("speaking").hidden = !on;
  part("speak").hidden = on;
  card().toggleAttribute("data-on-air", on);
  since = on ? Date.now() : 0;
  loudness = new Loudness();
  tick();
}

/** The line that says how it is: in the card, or above the list where that card was. */
function said() {
  if (card()) {
    document.getElementById("voice-over")?.remove();
    return part("said");
  }
  const over = document.getElementById("voice-over") ?? Object.assign(document.createElement("p"), { id: "voice-over", className: "note" });
  over.setAttribute("role", "status");
  if (!over.isConnected) document.getElementById("mine").before(over);
  return over;
}

/** `kind`: open, waiting, failed or idle. */
export function tell(kind, sentence) {
  const line = said();
  if (line.dataset.kind === kind && line.textContent === sentence) return;
  line.dataset.kind = kind;
  line.textContent = sentence;
}

/** `peak` of the last 0.1 s, 0 to 1. */
export function level(peak) {
  loudness.hear(peak);
  const meter = part("level");
  if (meter) meter.value = loudness.shown;
}

function tick() {
  const clock = part("clock");
  if (clock) clock.textContent = asTime(since ? Math.floor((Date.now() - since) / 1000) : 0);
}

setInterval(tick, 500);
