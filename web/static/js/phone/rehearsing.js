// A page of a rehearsal ends with it: what is typed afterwards would be meant for nobody. What this phone kept to be sent in
// it is wiped, as everything else is, also when its page was away then.

import { audience, code, main } from "live/place";

const OWN = [`outbox:${code}:rehearsal:`, `photo:${code}-rehearsal:`, `draft:${code}-rehearsal:`];
const goesOn = () => main.querySelector(".standing[data-state=rehearsal]");

function wipe() {
  try {
    const names = Object.keys(localStorage).filter((name) => OWN.some((prefix) => name.startsWith(prefix)));
    for (const name of names) localStorage.removeItem(name);
  } catch { /* Storage is forbidden: nothing is kept, then. */ }
}

function end() {
  if (audience !== "rehearsal" || goesOn()) return;
  document.removeEventListener("live:patched", end); // Asked twice, the way to the other page would begin anew each time.
  wipe();
  location.replace(`/d/${code}`);
}

document.addEventListener("live:patched", end);
if (!goesOn()) wipe();
