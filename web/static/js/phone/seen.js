// Which questions have been on this screen long enough to be read, told now and then and never insisted upon: the
// moderator learns how many phones have shown a question, not which.

const DWELL = 1_000; // A question that is scrolled past has not been seen.
const EVERY = 8_000;

const waits = new Map();
const fresh = new Set();
const told = new Set();

function changed(entries) {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(waits.get(target));
    waits.delete(target);
    const number = Number(target.id.replace("q-", ""));
    if (!isIntersecting || !number || told.has(number)) continue;
    waits.set(target, setTimeout(() => !document.hidden && fresh.add(number), DWELL));
  }
}

function tell() {
  const numbers = [...fresh].filter((number) => !told.has(number)).slice(0, 32);
  if (!numbers.length) return;
  // Whoever sends it prevents the event; if nobody could, it is said the next time.
  if (document.dispatchEvent(new CustomEvent("live:tell", { detail: { seen: numbers }, cancelable: true }))) return;
  for (const number of numbers) told.add(number);
  fresh.clear();
}

if (globalThis.IntersectionObserver) {
  const watching = new IntersectionObserver(changed, { threshold: 0.6 });
  const watch = () => document.querySelectorAll("#next > li, #queue > li").forEach((card) => watching.observe(card));
  document.addEventListener("live:patched", watch);
  watch();
  setInterval(tell, EVERY);
}
