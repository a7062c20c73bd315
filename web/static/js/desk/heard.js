// The words being spoken and how recognition is. Both are signals: only the newest counts.

import { main } from "live/place";

const words = document.getElementById("partial");
const lag = document.getElementById("lag");
const disk = document.getElementById("disk");
const BEHIND = 3; // Seconds: less is the way recognition works.

const decimal = new Intl.NumberFormat(main.dataset.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function late({ lag: seconds, catching_up: gains }) {
  const words = gains ? lag.dataset.gains : lag.dataset.words;
  return seconds > BEHIND ? words.replace("{seconds}", Math.round(seconds)) : "";
}

/** How long ago those words were spoken that reach the pages now. */
function pace({ delay }) {
  return delay == null ? "" : lag.dataset.pace.replace("{seconds}", decimal.format(delay));
}

document.addEventListener("live:now", ({ detail: { draft, sound } }) => {
  const troubled = sound && sound.state !== "ready" && sound.state !== "stopped";
  words.textContent = draft?.text || (troubled ? sound[main.dataset.language] : "");
  disk.hidden = !sound?.disk;
  disk.textContent = sound?.disk?.[main.dataset.language] ?? "";
  lag.textContent = [late(sound ?? {}), pace(sound ?? {})].filter(Boolean).join("; ");
});
