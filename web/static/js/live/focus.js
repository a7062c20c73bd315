// Whoever works by keys or by ear is somewhere on the page. A patch may take that place away, or move it, and the browser then
// forgets where they were: it is given back, or what stands nearest takes it over, as a place that has a name.

import { main } from "live/place";

const NAMED = "section[aria-label], section[aria-labelledby], aside, main";

const isShown = (element) => element?.isConnected && element.getClientRects().length > 0;

/** Where to be if this is gone, nearest first: the row it was in, its neighbours, then each part of the page around them. */
function around(focused) {
  const places = [focused];
  for (let one = focused; one; one = one.parentElement) {
    if (one.matches("li")) places.push(one, one.nextElementSibling, one.previousElementSibling);
    else if (one.matches(NAMED)) places.push(one);
  }
  return places;
}

function giveBack(places) {
  const now = document.activeElement;
  const place = now !== document.body && isShown(now) ? null : places.find(isShown);
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1; // A row or a part: reached by this, not by walking.
  place.focus({ preventScroll: true });
}

/** Remember where the focus is before a change; call what comes back once the change is made. */
export function remembered() {
  const focused = document.activeElement;
  const places = focused && main.contains(focused) ? around(focused) : [];
  return () => queueMicrotask(() => giveBack(places)); // After those who watch lists: they may know of a better place (moderator/held).
}
