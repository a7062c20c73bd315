// How many support each question that waits for the floor, with those of what was merged into it. Once called, the card
// itself says how many there were.

import { waiting } from "moderator/cards";
import { mark } from "moderator/marks";

const words = document.getElementById("hints").dataset.supports;
const SHARE = 2; // Much: at least half of what the most supported has.
let tally = {};
let most = 0;

/** How many support it. */
export const supporters = (card) => tally[card.dataset.card] ?? 0;

/** Whether many support it, of those that wait for the floor. */
export const isWanted = (card) =>
  most > 0 && supporters(card) * SHARE >= most && card.parentElement.matches("#deck, #queue, #approved");

function show() {
  const cards = waiting();
  most = Math.max(0, ...cards.map(supporters));
  for (const card of cards) {
    const count = supporters(card);
    mark(card, "supporters", count ? words.replace("{count}", count) : "", { className: "supporters", first: true });
  }
}

document.addEventListener("live:now", ({ detail }) => {
  if (tally === detail.tally) return;
  tally = detail.tally ?? {};
  show();
  document.dispatchEvent(new Event("live:hinted"));
});
document.addEventListener("live:patched", show);
