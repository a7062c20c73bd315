// Who else has a question open: said while the work of one is open here, and shown on the card and in its work. It holds
// nobody up; what two moderators do to an unread question at once is another matter (moderator/presence.js).

import { everywhere } from "moderator/cards";
import { mark } from "moderator/marks";

const AGAIN = 15_000; // Milliseconds: a line that was lost and found knows nothing of what is open here.

const words = document.getElementById("hints").dataset.looking;
const me = document.getElementById("live").dataset.name;
const dialog = document.getElementById("work-dialog");
let open = null;
let looking = {};

const say = () => document.dispatchEvent(new CustomEvent("live:tell", { detail: { looking: document.hidden ? null : open }, cancelable: true }));

/** Everybody but this page, which is among those who have it open. */
function others(number) {
  const names = [...(looking[number] ?? [])];
  if (Number(number) === open && names.includes(me)) names.splice(names.indexOf(me), 1);
  return names.length ? words.replace("{names}", names.join(", ")) : "";
}

function show() {
  for (const card of everywhere()) mark(card, "looking", others(card.dataset.card), { className: "badge", first: true });
  const here = dialog.querySelector("[data-others]");
  const text = open === null ? "" : others(open);
  if (here && here.textContent !== text) here.textContent = text;
}

function turn(number) {
  if (open === number) return show();
  open = number;
  if (say()) setTimeout(say, 1_000); // The line is not there yet: the page was opened with the question.
  show();
}

document.addEventListener("work:shown", ({ detail: { number } }) => turn(Number(number)));
dialog.addEventListener("close", () => turn(null));
document.addEventListener("visibilitychange", () => open !== null && say());
setInterval(() => open !== null && say(), AGAIN);
document.addEventListener("live:now", ({ detail }) => {
  if (looking === detail.looking) return;
  looking = detail.looking ?? {};
  show();
});
document.addEventListener("live:patched", show);
if (dialog.open) turn(Number(dialog.querySelector("#work").dataset.number)); // The page came with the question opened.
