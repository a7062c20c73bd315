// The server's clock as this page knows it: phones are often minutes off, and a speaking time must not be.

let ahead = 0;
let known = false;

/** Learn from a server time (ISO) that has just arrived. */
export function learn(iso) {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return;
  ahead = then - Date.now();
  known = true;
}

/** Whether the server has told its time yet; before that `now` is this device's own. */
export const isKnown = () => known;

/** Milliseconds since 1970 on the server. */
export function now() {
  return Date.now() + ahead;
}
