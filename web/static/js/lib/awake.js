// When a page comes to life again: somebody looks at it, the network is back, the machine slept in between.
// Nothing runs while the page is hidden: an old battery is somebody's evening.

const STEP = 5_000; // Milliseconds between two looks at the clock ...
const JUMP = 10_000; // ... which, when so many have gone by, did not stand still: the machine did.
const SPREAD = 1_000; // A whole hall gets its network back in the same instant; it need not come back in the same one.

/** Call `wake` on each of these occasions, after a short wait of chance where many devices wake at once. */
export function onWake(wake) {
  let beat = 0;
  let last = 0;

  function look() {
    const now = Date.now();
    if (now - last > JUMP) wake();
    last = now;
  }

  function seen() {
    clearInterval(beat);
    if (document.hidden) return;
    last = Date.now();
    beat = setInterval(look, STEP);
  }

  addEventListener("online", () => setTimeout(wake, Math.random() * SPREAD));
  addEventListener("pageshow", ({ persisted }) => persisted && wake());
  document.addEventListener("visibilitychange", () => {
    seen();
    if (!document.hidden) wake();
  });
  seen();
}
