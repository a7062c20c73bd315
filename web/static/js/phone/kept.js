// The phone page as it is by now, kept for when it is opened without a network: as the server drew it, with what has
// changed since. Not the page itself as it stands: scripts and people have been at work on that.

import { main } from "live/place";
import { REGIONS } from "live/refetch";
import { drawn } from "shell/drawn";
import { begin, keep } from "shell/keeping";

const SOON = 2_000; // Milliseconds, after an answer to what was sent here ...
const IN_TIME = 30_000; // ... and after any change: an old battery, and a phone that may be gone at any moment.
const SUMS = ["sums", "tally"]; // What the server draws of the signals.

const isCopy = () => "kept" in document.documentElement.dataset;
let at = Date.now(); // When this page was in step with the server for the last time.
let due = 0;
let timer = 0;

const bare = (element, ...signs) => signs.forEach((sign) => element.removeAttribute(sign));

/** A form stands here as it was before anybody touched it. */
function untouched(region) {
  for (const form of region.querySelectorAll("form[aria-busy]")) {
    bare(form, "data-own", "aria-busy");
    for (const field of form.elements) bare(field, "readonly", "aria-disabled");
  }
  for (const line of region.querySelectorAll(".form__said")) {
    bare(line, "data-own", "data-said");
    line.textContent = "";
  }
}

function composed() {
  if (isCopy() || main.querySelector(".standing[data-state=rehearsal]")) return null; // What a rehearsal shows is wiped.
  for (const name of REGIONS) {
    const [here, there] = [document.getElementById(name), drawn.getElementById(name)];
    if (!here || !there) continue;
    there.innerHTML = here.innerHTML;
    untouched(there);
  }
  const { n, epoch, supported } = main.dataset;
  Object.assign(drawn.getElementById("live").dataset, { n, epoch, supported });
  return { page: drawn, at };
}

function again() {
  clearTimeout(timer);
  timer = due = 0;
  keep(composed);
}

function within(wait) {
  const when = Date.now() + wait;
  if (document.hidden || (due && due <= when)) return;
  clearTimeout(timer);
  due = when;
  timer = setTimeout(again, wait);
}

document.addEventListener("live:heard", () => (at = Date.now()));
document.addEventListener("live:patched", () => within(IN_TIME));
document.addEventListener("live:answer", ({ detail }) => detail.kind === "ok" && within(SOON));
document.addEventListener("live:now", ({ detail }) => {
  const place = drawn?.getElementById("now");
  if (place) place.textContent = JSON.stringify(Object.fromEntries(SUMS.map((name) => [name, detail[name] ?? {}])));
});
document.addEventListener("visibilitychange", () => document.hidden && again());
addEventListener("pagehide", again);
addEventListener("beforeinstallprompt", (event) => event.preventDefault()); // Whoever wants it finds it in the browser's menu.

begin(composed);
