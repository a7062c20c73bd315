// A page that stays true: one line to the server, its patches, its signals, and what this page sends. Import this and
// nothing else.

import "elements/outbox-list";
import { pause } from "lib/backoff";
import { learn } from "lib/server-time";
import { waits } from "live/box";
import { Channel } from "live/channel";
import "live/drafts";
import "live/forms";
import "live/lengths";
import { open as openOutbox } from "live/outbox";
import { LookupFailed, apply } from "live/patch";
import { address, main, nowShows, shown } from "live/place";
import { refetch } from "live/refetch";
import { renew } from "live/renew";
import { tell } from "live/signals";
import { fresh, report } from "live/status";

const BLOCKED = 3; // Tries without a word, while the network is there: take it that no line gets through.
const UNFIT = 2; // Whole pages in a row that do not fit this one: it is too old for the server, or too new.

let whole = false; // The next page must come whole: this one has a gap.
let unfit = 0; // Times in a row that what came did not fit this page.

const channel = new Channel((road) => address(road, whole), waits);
const outbox = openOutbox(channel);

function resync() {
  whole = true;
  unfit += 1;
  if (unfit > UNFIT) renew();
  channel.again(unfit > 1 ? pause(unfit) : 0);
}

let held = null; // Patches that wait while something is being dragged: a card must not go from under the hand.
document.addEventListener("live:hold", () => (held ??= []));
document.addEventListener("live:release", () => {
  const due = held ?? [];
  held = null;
  fitting(() => due.forEach(change));
});

/** Before anything changes "live:patches" says so; whoever prevents it (a frozen screen) applies them later. */
function change(patches) {
  if (held) held.push(patches);
  else if (document.dispatchEvent(new CustomEvent("live:patches", { detail: patches, cancelable: true }))) apply(patches);
}

/** What does not fit this page has a gap before it, and a whole page closes that. */
function fitting(work) {
  try {
    work();
  } catch (problem) {
    if (!(problem instanceof LookupFailed)) throw problem;
    resync();
  }
}

function turn(message) {
  if (message.after !== undefined && message.n <= shown()) return;
  if (message.after !== undefined && message.after > shown()) {
    resync();
    return;
  }
  change(message.patches);
  if (message.n !== undefined) nowShows(message.n, message.epoch);
}

function caughtUp({ caught_up: n, epoch, at }) {
  whole = false;
  unfit = 0;
  if (at) learn(at);
  nowShows(n, epoch);
  main.dataset.live = "yes";
  upToDate();
  outbox.flush();
}

/** A copy that was opened without a network has what is patched now; its forms and its head come with a whole page. */
function upToDate() {
  if (fresh()) renew();
}

/** What this page does not know comes from a newer server, and is not for it. */
function receive(message) {
  if (message.patches) turn(message);
  else if (message.now) tell(message.now);
  else if (message.caught_up !== undefined) caughtUp(message);
  else if (message.resync) resync();
  else if (message.go) leave(message.go);
  else if (message.reload) renew();
  else outbox.answered(message);
}

function leave({ after_ms: window }) {
  report("leaving");
  channel.leaving(window);
}

channel.addEventListener("message", ({ detail }) => {
  document.dispatchEvent(new Event("live:heard"));
  if (!navigator.onLine) report("open"); // A device may be wrong about its network: what arrives is proof.
  fitting(() => receive(detail));
});
channel.addEventListener("state", async ({ detail }) => {
  report(navigator.onLine ? detail : "offline");
  if (detail === "waiting" && channel.failures >= BLOCKED && navigator.onLine && (await refetch())) upToDate();
});
channel.addEventListener("woken", () => outbox.flush()); // Also where no line gets through: a POST may.
document.addEventListener("live:doubt", () => channel.wake()); // Somebody waits for an answer in vain.
document.addEventListener("live:tell", (event) => channel.send(event.detail) && event.preventDefault()); // May be lost.
if (globalThis.Idiomorph) channel.start(); // Else a browser of before 2021: the page stands still, its forms work.
