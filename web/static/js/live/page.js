// A page that stays true: one socket, its patches, its signals, and what this page sends. Import this and nothing else.

import { learn } from "lib/server-time";
import { Channel } from "live/channel";
import "live/drafts";
import "live/forms";
import { open as openOutbox } from "live/outbox";
import { LookupFailed, apply } from "live/patch";
import { main, nowShows, shown, socketAddress } from "live/place";
import { refetch } from "live/refetch";
import { tell } from "live/signals";
import { report } from "live/status";

const BLOCKED = 3; // Tries without a word, while the network is there: take it that sockets do not get through.

let whole = false; // The next page must come whole: this one has a gap.

const channel = new Channel(() => socketAddress(whole));
const outbox = openOutbox(channel);

function resync() {
  whole = true;
  channel.again();
}

/** Whoever prevents "live:patches" (a list under a finger) applies them later, in order, with `apply`. */
function change(patches) {
  if (!document.dispatchEvent(new CustomEvent("live:patches", { detail: patches, cancelable: true }))) return;
  apply(patches);
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
  if (at) learn(at);
  nowShows(n, epoch);
  main.dataset.live = "yes";
  outbox.flush();
}

function receive(message) {
  if (message.patches) turn(message);
  else if (message.now) tell(message.now);
  else if (message.caught_up !== undefined) caughtUp(message);
  else if (message.resync) resync();
  else if (message.go) leave(message.go);
  else if (message.reload) setTimeout(() => location.reload(), Math.random() * 3_000);
  else outbox.answered(message);
}

function leave({ after_ms: [soonest, latest], say }) {
  report("leaving", say);
  channel.again(soonest + Math.random() * (latest - soonest));
}

channel.addEventListener("message", ({ detail }) => {
  try {
    receive(detail);
  } catch (problem) {
    if (!(problem instanceof LookupFailed)) throw problem;
    resync();
  }
});
channel.addEventListener("state", async ({ detail }) => {
  report(navigator.onLine ? detail : "offline");
  if (detail === "waiting" && channel.failures >= BLOCKED && navigator.onLine) await refetch();
});
channel.start();
