// Values of which only the newest counts: tallies, words being spoken, who listens. "live:now" tells other scripts.

const newest = {};

/** Take over new values and show them. */
export function tell(now) {
  Object.assign(newest, now);
  show();
  document.dispatchEvent(new CustomEvent("live:now", { detail: newest }));
}

/** Show values where they are asked for: data-tally="12", data-caption, data-listeners, data-sum="received"; data-count-of="mine" counts a region. */
function show() {
  for (const place of document.querySelectorAll("[data-tally]")) {
    write(place, String(newest.tally?.[place.dataset.tally] ?? 0));
  }
  for (const place of document.querySelectorAll("[data-sum]")) write(place, String(newest.sums?.[place.dataset.sum] ?? place.textContent));
  for (const place of document.querySelectorAll("[data-count-of]")) {
    write(place, String(document.querySelectorAll(`#${place.dataset.countOf} > :not([data-told])`).length || ""));
  }
  for (const place of document.querySelectorAll("[data-caption]")) write(place, newest.caption?.text ?? "");
  for (const place of document.querySelectorAll("[data-listeners]")) write(place, String(newest.listeners ?? ""));
}

function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

document.addEventListener("live:patched", show);

/** What the page was drawn with, so that the numbers are there before the socket is. */
const drawn = document.getElementById("now");
if (drawn) tell(JSON.parse(drawn.textContent));
