// Whether this page is live, in words: what happened, and what is safe. A short cut is not worth a word.

import { moment } from "lib/moment";
import { say } from "lib/words";
import { safety } from "live/box";
import { main } from "live/place";

const GRACE = 2_500; // Most cuts are over by then; a banner that blinks frightens more than it tells.
const AT_ONCE = new Set(["offline", "gone", "leaving", "strange"]);
const NOTHING = new Set(["open", "resting"]);

const PLAIN = new Set(["opening", "open", "waiting", "offline", "resting"]); // Said by a copy in one sentence of its own.

const html = document.documentElement;
const banner = document.getElementById("live-status");
let state = "opening";
let later = 0;

/** Of when this page is, if it is a copy that the phone kept (js/shell/worker.js), and why no newer one is here. */
function copied() {
  const { kept, why } = html.dataset;
  return kept ? say(`kept_${why}`, { time: moment(Number(kept)) }) : "";
}

/** What happened, then what is safe: what waits here to be sent, or else what is being written. */
function show() {
  if (!banner) return;
  const waits = safety();
  const old = copied();
  const plain = waits ? `${say(state)} ${say(waits)}` : say(`${state}_idle`);
  banner.dataset.safe = waits;
  banner.textContent = !old ? plain : PLAIN.has(state) ? `${old} ${say(waits || "kept_idle")}` : `${old} ${plain}`;
  if (state === "gone" && banner.dataset.signIn) {
    // In a tab of its own: what is typed here stays, and looking at this page again takes up its line.
    const link = { href: banner.dataset.signIn, target: "_blank", textContent: say("sign_in") };
    banner.append(" ", Object.assign(document.createElement("a"), link));
  }
  banner.hidden = false;
}

/** Say how the link is. Since when the page may be old is kept for the stage. */
export function report(now) {
  clearTimeout(later);
  if (now !== "open" && main.dataset.link === "open") main.dataset.since = Date.now();
  main.dataset.link = now;
  if (copied()) {
    state = now;
    show();
  } else if (NOTHING.has(now)) {
    state = now;
    if (banner) banner.hidden = true;
  } else if (AT_ONCE.has(now)) {
    state = now;
    show();
  } else later = setTimeout(() => { state = "waiting"; show(); }, GRACE); // prettier-ignore
}

/** What the page shows is of now. True when it was a copy until then. */
export function fresh() {
  if (!html.dataset.kept) return false;
  delete html.dataset.kept;
  report(main.dataset.link);
  return true;
}

document.addEventListener("live:kept", () => banner && !banner.hidden && show());
