// The server's clock as this page knows it: phones are often minutes off, and a speaking time must not be.

let ahead = 0;

/** Learn from a server time (ISO) that has just arrived. */
export function learn(iso) {
  const then = Date.parse(iso);
  if (!Number.isNaN(then)) ahead = then - Date.now();
}

/** Milliseconds since 1970 on the server. */
export function now() {
  return Date.now() + ahead;
}
