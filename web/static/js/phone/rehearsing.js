// A page of a rehearsal ends with it: what is typed afterwards would be meant for nobody. What this phone kept to be sent in
// it is wiped, as everything else is, also when its page was away then.

import { audience, code, main } from "live/place";

const SPOKE = `voice:${code}-rehearsal`; // Set by voice/phone.js.
const OWN = [`outbox:${code}:rehearsal:`, `photo:${code}-rehearsal:`, `draft:${code}-rehearsal:`, SPOKE];
const goesOn = () => main.querySelector(".standing[data-state=rehearsal]");

function wipe() {
  try {
    const names = Object.keys(localStorage).filter((name) => OWN.some((prefix) => name.startsWith(prefix)));
    if (names.includes(SPOKE)) wipeSound();
    for (const name of names) localStorage.removeItem(name);
  } catch { /* Storage is forbidden: nothing is kept, then. */ }
}

/** As sound/keeping.js keeps it, which comes only to who speaks. */
function wipeSound() {
  const kept = indexedDB.open("sound");
  kept.onsuccess = () => {
    const change = kept.result.transaction(["lines", "blocks"], "readwrite");
    const [lines, blocks] = ["lines", "blocks"].map((name) => change.objectStore(name));
    lines.getAll().onsuccess = ({ target }) => {
      for (const { id } of target.result.filter((line) => line.code === `${code}-rehearsal`)) {
        lines.delete(id);
        blocks.delete(IDBKeyRange.bound([id], [id, []]));
      }
    };
    change.oncomplete = () => kept.result.close();
  };
}

function end() {
  if (audience !== "rehearsal" || goesOn()) return;
  document.removeEventListener("live:patched", end); // Asked twice, the way to the other page would begin anew each time.
  wipe();
  location.replace(`/d/${code}`);
}

document.addEventListener("live:patched", end);
if (!goesOn()) wipe();
