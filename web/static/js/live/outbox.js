// Everything this page sends, each with an id made once. Typed texts are kept on the device until the server has
// answered; a mere press is tried for half a minute, then given back, so that nothing old happens by surprise.

import { alone } from "lib/alone";
import { pause } from "lib/backoff";
import { all, put, safety, take } from "live/box";
import { audience, code } from "live/place";
import { send as post } from "live/post";
import { onPassed, pass } from "live/tabs";

const PATIENCE = 10_000; // For one answer. The id makes a second try harmless.
const PRESS = 30_000;
const LONGEST_PRESS = 5_000; // Somebody waits before the screen.
const AGAIN = 5_000;
const OTHER_TAB = 1_000; // While another tab is at it, which may take long or have crashed.
const STUBBORN = 3; // Tries after which an item lets the ones behind it go first.
const LARGEST = 7_500; // Bytes of one frame: the server ends a line on which more than 8 KB come. More goes by POST.
const AGAIN_LATER = new Set(["not_stored", "signed_out"]); // Taken once the disk takes it, or its writer has signed in again.
const ELSEWHERE = "elsewhere"; // In place of an answer: this line does not take it.

let channel = null;
let flushing = false;
let wanted = false; // Something was put, or the network came back, while sending was under way.
let timer = 0;
let misses = 0;
const waiting = new Map(); // op -> whom to give the answer
const tries = new Map();
const byPost = new Set(); // Ops over which a line has ended.

/** Say what became of an item. True when its form is on this page and has taken it. */
function tell(kind, item, message = {}) {
  return !document.dispatchEvent(new CustomEvent("live:answer", { detail: { kind, item, message }, cancelable: true }));
}

const weight = (message) => new TextEncoder().encode(JSON.stringify(message)).length;

/** One try: the answer, or null when there was none in time. */
async function attempt(item) {
  const message = { ...item.fields, op: item.op, do: item.do };
  if (!byPost.has(item.op) && weight(message) <= LARGEST) {
    const answer = new Promise((resolve) => {
      waiting.set(item.op, resolve);
      setTimeout(resolve, PATIENCE, null);
    });
    const said = channel.send(message) ? await answer : ELSEWHERE;
    waiting.delete(item.op);
    if (said !== ELSEWHERE) return said;
  }
  return navigator.onLine ? post(item, PATIENCE) : null;
}

/** True when this item is settled, for good or ill. */
async function settle(item) {
  const message = await attempt(item);
  if (message?.ok || (message?.refused && !AGAIN_LATER.has(message.code))) {
    answered(item, message);
    return true;
  }
  tell(message ? "busy" : "late", item, message ?? {});
  tries.set(item.op, (tries.get(item.op) ?? 0) + 1);
  // A hall that is told "busy" together must not come back together, nor as often each time.
  later((message?.after_ms ?? AGAIN) + pause(misses++));
  return false;
}

/** Whoever typed it hears, in whichever tab. A refused text whose form is gone stays here, with the reason. */
function answered(item, message) {
  const kind = message.ok ? "ok" : "refused";
  misses = 0;
  tries.delete(item.op);
  byPost.delete(item.op);
  const isTyped = all().some(({ op }) => op === item.op);
  if (message.ok) take(item.op);
  const taken = tell(kind, item, message);
  if (!isTyped) return;
  if (taken) take(item.op);
  else {
    if (kind === "refused") put({ ...item, refused: message.say });
    pass({ kind, item, message });
  }
}

onPassed(({ kind, item, message }) => {
  if (tell(kind, item, message) || kind === "ok") take(item.op);
});

function later(after) {
  clearTimeout(timer);
  timer = setTimeout(flush, after + Math.random() * 500);
}

async function sendKept(renew) {
  for (const item of all()) {
    renew();
    if (!(await settle(item)) && tries.get(item.op) < STUBBORN) return;
  }
}

/** Send what is kept, in order; only one tab at a time does. */
export async function flush() {
  wanted = true;
  if (flushing) return;
  flushing = true;
  try {
    while (wanted && all().length) {
      wanted = false;
      if (!(await alone(`outbox:${code}:${audience}`, sendKept))) later(OTHER_TAB);
    }
  } finally {
    flushing = false;
  }
}

async function press(item) {
  for (let times = 0; !(await settle(item)); times++) {
    if (Date.now() - item.made > PRESS) return tell("lost", item);
    await new Promise((resolve) => setTimeout(resolve, 1_000 + Math.min(pause(times), LONGEST_PRESS)));
  }
}

/** Send a command. `typed`: it holds words of a person, which outlive this page. */
export function send(command, fields, typed) {
  const item = { op: crypto.randomUUID?.() ?? randomId(), do: command, fields, made: Date.now() };
  if (typed) {
    put(item);
    flush();
    // Another tab may be the one that sends: how it goes there is not told here.
    setTimeout(() => all().some(({ op }) => op === item.op) && tell("late", item), navigator.onLine ? PATIENCE : 0);
  } else press(item);
  return item;
}

/** crypto.randomUUID exists on https only; a hall's own network may be plain http. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Where the device keeps nothing, the browser asks before it lets go of the only copy. */
addEventListener("beforeunload", (event) => {
  if (safety() !== "unkept") return;
  event.preventDefault();
  event.returnValue = "unkept"; // Before Chrome 119 it is this that asks.
});

export function open(theChannel) {
  channel = theChannel;
  channel.addEventListener("large", () => {
    for (const [op, resolve] of waiting) {
      byPost.add(op);
      resolve(ELSEWHERE);
    }
  });
  return { flush, answered: (message) => waiting.get(message.ok ?? message.refused ?? message.busy)?.(message) };
}
