// Where neither socket nor feed gets through (a proxy that holds answers back): the page, asked for again, brings the news.

import { apply } from "live/patch";
import { main, nowShows } from "live/place";
import { tell } from "live/signals";

export const REGIONS = [
  "banner-place", "stage-place", "captions", "next", "queue", "done", "mine", "deck", "approved", "review",
  "reckoning-place", "mixing", "sources", "lines", "commitments", "messages", "board-place", "proposal-place", "prepared",
  "answers", "refused", "floor-place",
]; // prettier-ignore

/** Fetch this page anew and fill its regions. True when that worked. */
export async function refetch() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!fresh.getElementById("live")) return false; // A network's own sign-in page, say.
  const there = REGIONS.filter((name) => main.querySelector(`#${name}`) && fresh.getElementById(name));
  apply(there.map((name) => ["fill", name, fresh.getElementById(name).innerHTML]));
  const { n, epoch } = fresh.getElementById("live").dataset;
  nowShows(Number(n), epoch);
  const now = fresh.getElementById("now");
  if (now) tell(JSON.parse(now.textContent));
  return true;
}
