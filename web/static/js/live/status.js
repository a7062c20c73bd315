// Whether this page is live, in words: what happened, and what is safe. A short cut is not worth a word.

import { say } from "lib/words";
import { main } from "live/place";

const GRACE = 2_500; // Most cuts are over by then; a banner that blinks frightens more than it tells.

const banner = document.getElementById("live-status");
let later = 0;

function show(sentence) {
  if (!banner) return;
  banner.hidden = !sentence;
  banner.textContent = sentence;
}

/** Say how the link is. The last age at which the page was known to be true is kept for the stage. */
export function report(state, sentence = "") {
  clearTimeout(later);
  if (state !== "open" && main.dataset.link === "open") main.dataset.since = Date.now();
  main.dataset.link = state;
  if (state === "open") show("");
  else if (state === "leaving") show(sentence);
  else if (state === "offline" || state === "gone") show(say(state));
  else later = setTimeout(() => show(say("waiting")), GRACE);
}
