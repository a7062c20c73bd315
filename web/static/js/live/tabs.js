// An answer that one tab got concerns the tab whose form it was: told through the storage that they share, which every
// browser with more than one tab has.

import { forget, keep } from "lib/keep";
import { audience, code } from "live/place";

const name = `told:${code}:${audience}`;

/** Tell the other tabs of this page what became of an item. */
export function pass(answer) {
  keep(name, JSON.stringify({ ...answer, at: Math.random() })); // Equal values would be no event.
  forget(name);
}

/** Call `told` with what another tab passes on. */
export function onPassed(told) {
  addEventListener("storage", ({ key, newValue }) => key === name && newValue && told(JSON.parse(newValue)));
}
