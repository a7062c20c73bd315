// A mark on cards whose supports came all at once from phones that had just come in. It is a word on the card, so the search
// finds it; nothing was taken away, and the facts behind it are in the work of the question.

import { everywhere } from "moderator/cards";
import { mark } from "moderator/marks";

const words = document.getElementById("hints").dataset.burst;
let counts = {};

function show() {
  for (const card of everywhere()) {
    const count = counts[card.dataset.card];
    mark(card, "burst", count ? words.replace("{count}", count) : "");
  }
}

document.addEventListener("live:now", ({ detail }) => {
  if (counts === detail.bursts) return;
  counts = detail.bursts ?? {};
  show();
  document.dispatchEvent(new Event("live:hinted"));
});
document.addEventListener("live:patched", show);
