// What was sent and not yet answered, one storage key each, so that two tabs never overwrite each other's.

import { forget, keep, kept } from "lib/keep";
import { audience, code } from "live/place";

const prefix = `outbox:${code}:${audience}:`;
const unstorable = new Map(); // A browser that keeps nothing still sends while the page is open.

export function put(item) {
  if (!keep(prefix + item.op, JSON.stringify(item))) unstorable.set(item.op, item);
}

export function take(op) {
  unstorable.delete(op);
  forget(prefix + op);
}

/** Oldest first, those of other tabs of this browser included. */
export function all() {
  const items = [...stored(), ...unstorable.values()];
  return items.sort((one, other) => one.made - other.made);
}

function stored() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    return names.map((name) => JSON.parse(kept(name)));
  } catch {
    return []; // Storage is forbidden: put() has seen the same.
  }
}
