// The words being spoken and how recognition is. Both are signals: only the newest counts.

import { main } from "live/place";

const words = document.getElementById("partial");
const lag = document.getElementById("lag");
const BEHIND = 3; // Seconds: less is the way recognition works.

document.addEventListener("live:now", ({ detail: { draft, sound } }) => {
  const troubled = sound && sound.state !== "ready" && sound.state !== "stopped";
  words.textContent = draft?.text || (troubled ? sound[main.dataset.language] : "");
  lag.textContent = sound?.lag > BEHIND ? lag.dataset.words.replace("{seconds}", Math.round(sound.lag)) : "";
});
