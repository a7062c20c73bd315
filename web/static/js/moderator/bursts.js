// A mark on cards whose supports came all at once from phones that had just come in. It is a word on the card, so the search
// finds it; nothing was taken away, and the facts behind it are in the work of the question.

import { marksOf } from "moderator/cards";

const words = document.getElementById("hints").dataset.burst;
let counts = {};

function show() {
  for (const mark of document.querySelectorAll("[data-burst-of]")) if (!counts[mark.dataset.burstOf]) mark.remove();
  for (const [number, count] of Object.entries(counts)) {
    const card = document.querySelector(`[data-card="${number}"]:not([data-ghost])`);
    if (!card) continue;
    const mark = card.querySelector("[data-burst-of]") ?? Object.assign(document.createElement("span"), { className: "badge badge--attention" });
    const text = words.replace("{count}", count);
    mark.dataset.burstOf = number;
    if (mark.textContent !== text) mark.textContent = text;
    if (!mark.isConnected) marksOf(card).append(mark);
  }
}

document.addEventListener("live:now", ({ detail }) => {
  if (counts === detail.bursts) return;
  counts = detail.bursts ?? {};
  show();
  document.dispatchEvent(new Event("live:hinted"));
});
document.addEventListener("live:patched", show);
