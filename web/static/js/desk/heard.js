// The words being spoken, of every source, and how recognition is. Both are signals: only the newest counts.

import { main } from "live/place";

const words = document.getElementById("partial");
const lag = document.getElementById("lag");
const disk = document.getElementById("disk");
const BEHIND = 3; // Seconds: less is the way recognition works.
const names = JSON.parse(words.dataset.sources);

const decimal = new Intl.NumberFormat(main.dataset.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const sources = () => document.getElementById("sources").children.length;
const named = (source) => names[source] ?? source;

/** A row for each source that hears somebody; one alone needs no name. */
function said(draft = []) {
  return draft.map(({ source, text }) => (draft.length > 1 ? `${named(source)}: ${text}` : text)).join("\n");
}

/** Of several sources the one that lags is named. */
function late({ source, lag: seconds, catching_up: gains }) {
  if (!(seconds > BEHIND)) return "";
  const sentence = (gains ? lag.dataset.gains : lag.dataset.words).replace("{seconds}", Math.round(seconds));
  return sources() > 1 ? `${named(source)}: ${sentence}` : sentence;
}

/** How long ago those words were spoken that reach the pages now. */
function pace({ delay }) {
  return delay == null ? "" : lag.dataset.pace.replace("{seconds}", decimal.format(delay));
}

document.addEventListener("live:now", ({ detail: { draft, sound } }) => {
  const troubled = sound && sound.state !== "ready" && sound.state !== "stopped";
  words.textContent = said(draft) || (troubled ? sound[main.dataset.language] : "");
  words.toggleAttribute("data-several", (draft?.length ?? 0) > 1);
  disk.hidden = !sound?.disk;
  disk.textContent = sound?.disk?.[main.dataset.language] ?? "";
  lag.textContent = [late(sound ?? {}), pace(sound ?? {})].filter(Boolean).join("; ");
});
