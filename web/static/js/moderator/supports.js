// How many support each question that waits for the floor, with those of what was merged into it. Once called, the card
// itself says how many there were.

import { marksOf } from "moderator/cards";

const words = document.getElementById("hints").dataset.supports;
const SHARE = 2; // Much: at least half of what the most supported has.
let tally = {};
let most = 0;

const waiting = () => document.querySelectorAll("#deck > li, #queue > li, #approved > li");
/** How many support it. */
export const supporters = (card) => tally[card.dataset.card] ?? 0;

/** Whether many support it, of those that wait for the floor. */
export const isWanted = (card) =>
  most > 0 && supporters(card) * SHARE >= most && card.parentElement.matches("#deck, #queue, #approved");

function show() {
  most = Math.max(0, ...[...waiting()].map(supporters));
  for (const card of waiting()) {
    const mark = card.querySelector(".supporters") ?? Object.assign(document.createElement("span"), { className: "supporters" });
    const count = supporters(card);
    const text = count ? words.replace("{count}", count) : "";
    if (!text) mark.remove();
    else if (mark.textContent !== text) mark.textContent = text;
    if (text && !mark.isConnected) marksOf(card).prepend(mark);
  }
}

document.addEventListener("live:now", ({ detail }) => {
  if (tally === detail.tally) return;
  tally = detail.tally ?? {};
  show();
  document.dispatchEvent(new Event("live:hinted"));
});
document.addEventListener("live:patched", show);
