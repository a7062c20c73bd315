// What was typed, sent and not yet answered: one storage key each, so that two tabs never overwrite each other's.

import { forget, keep, kept } from "lib/keep";
import { audience, code } from "live/place";

const prefix = `outbox:${code}:${audience}:`;
const here = new Map(); // What this page put in: it outlives a storage that is full, forbidden or cleared meanwhile.
const stored = new Set(); // ... and which of it this device keeps beyond the page.

function changed() {
  document.dispatchEvent(new CustomEvent("live:kept"));
}

/** Keep an item, with a sentence if it was refused while no page was there to say so. True: also beyond this page. */
export function put(item) {
  here.set(item.op, item);
  stored[keep(prefix + item.op, JSON.stringify(item)) ? "add" : "delete"](item.op);
  changed();
  return stored.has(item.op);
}

/** It is answered, or not wanted any more. */
export function take(op) {
  here.delete(op);
  stored.delete(op);
  forget(prefix + op);
  changed();
}

/** Everything kept, oldest first, those of other tabs of this browser included. */
export function everything() {
  const items = new Map(here);
  for (const item of inStorage()) items.set(item.op, item);
  return [...items.values()].sort((one, other) => one.made - other.made);
}

/** What waits to be sent. */
export const all = () => everything().filter(({ refused }) => !refused);

export const waits = () => all().length > 0;

/** What is true of that: "kept" on this device, "unkept" (this page only), "" when nothing waits. */
export function safety() {
  if (!waits()) return "";
  return [...here.values()].every(({ op, refused }) => refused || stored.has(op)) ? "kept" : "unkept";
}

function inStorage() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    return names.map((name) => JSON.parse(kept(name))).filter(Boolean);
  } catch {
    return []; // Storage is forbidden: put() has seen the same.
  }
}
