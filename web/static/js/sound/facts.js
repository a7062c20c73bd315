// What the capture page says of the sound: how much is safe where, in words.

import { asTime } from "lib/as-time";
import { say } from "lib/words";

const language = document.documentElement.lang;
const state = document.getElementById("state");
const shown = (name) => document.getElementById(name);

const seconds = (samples) => Math.round(samples / 16_000);

/** Say where the recording stands. `kind`: idle, opening, recording, waiting, failed. */
export function tell(kind, sentence) {
  state.dataset.kind = kind;
  state.textContent = sentence;
}

const decimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const BEHIND = 3; // Seconds: less is the way recognition works.

export function have({ have: samples, lag, delay, catching_up: gains, state: recogniser, disk }) {
  shown("disk").hidden = !disk;
  write("disk", disk?.[language] ?? "");
  write("have", asTime(Math.floor(samples / 16_000))); // No second of it that is not there yet.
  const pace = delay == null ? "" : say("delay", { count: decimal.format(delay) });
  const late = lag > BEHIND ? say(gains ? "catching_up" : "behind", { count: Math.round(lag) }) : say(`recogniser_${recogniser}`);
  write("heard", [late, pace].filter(Boolean).join("; "));
}

/** What is not on the server, and what holds it meanwhile. */
export function unsent(wire) {
  const { samples = 0, dropped = 0 } = wire?.unheard ?? {};
  const kept = wire?.unkept ? "seconds_in_memory" : "seconds";
  const words = samples < 16_000 ? say("none") : say(kept, { count: seconds(samples) });
  write("unsent", dropped ? `${words}; ${say("dropped", { count: seconds(dropped) })}` : words);
  shown("unkept").hidden = !wire?.unkept;
}

/** What earlier pages left behind, while it is on its way. */
export function left(wires) {
  const samples = wires.filter((wire) => wire.state !== "stopped").reduce((sum, { unheard }) => sum + unheard.samples, 0);
  shown("left").hidden = !samples;
  write("left", say("left", { count: Math.max(1, seconds(samples)) }));
}

export const inWords = (refusal) => refusal[language] || say("waiting");

function write(name, text) {
  if (shown(name).textContent !== text) shown(name).textContent = text;
}
