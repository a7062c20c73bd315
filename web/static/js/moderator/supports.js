// How many support each question that waits for the floor, with those of what was merged into it. Once called, the card
// itself says how many there were.

import { marksOf } from "moderator/cards";

const words = document.getElementById("hints").dataset.supports;
let tally = {};

function show() {
  for (const card of document.querySelectorAll("#deck > li, #queue > li, #approved > li")) {
    const mark = card.querySelector(".supporters") ?? Object.assign(document.createElement("span"), { className: "supporters" });
    const count = tally[card.dataset.card];
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
});
document.addEventListener("live:patched", show);
