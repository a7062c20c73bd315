// Hints on cards: which approved questions few phones have shown yet, and which has waited longest to be read. They are
// words on the card, so the search finds them.

import { cardsOf, waiting } from "moderator/cards";
import { mark } from "moderator/marks";

const words = document.getElementById("hints").dataset;
const ENOUGH = 9; // Phones that have seen the question most shown; below it no other one has been passed over yet.
const SHARE = 3; // Few: less than a third of that.
const LONG = 5; // Minutes a question may wait unread before the page says so.

let seen = {};
let most = 0;

const hint = (card, text) => mark(card, "hint", text);

const isRead = (card) => card.parentElement.matches("#deck, #queue, #approved");
const isUnread = (card) => card.parentElement.matches("#review");
/** On how many phones it was shown. */
export const phones = (card) => seen[card.dataset.card] ?? 0;
/** Since when it waits to be read: when it was asked, or asked again. */
export const asked = (card) => Date.parse(card.dataset.since ?? card.querySelector("time").dateTime);
const minutes = (card) => Math.floor((Date.now() - asked(card)) / 60_000);

/** Whether few phones have shown this question, of those that may be on their screens. */
export const isFew = (card) => isRead(card) && most >= ENOUGH && phones(card) * SHARE < most;

/** Whether it has waited long to be read. */
export const isOld = (card) => isUnread(card) && minutes(card) >= LONG;

function few() {
  most = Math.max(0, ...Object.values(seen));
  for (const card of waiting()) {
    hint(card, isFew(card) ? words.few.replace("{count}", phones(card)) : "");
  }
}

function oldest() {
  const cards = cardsOf(document.getElementById("review")).sort((one, other) => asked(one) - asked(other));
  cards.forEach((card, place) => {
    hint(card, place === 0 && isOld(card) ? words.oldest.replace("{minutes}", minutes(card)) : "");
  });
  document.dispatchEvent(new Event("live:hinted"));
}

function draw() {
  few();
  oldest();
}

document.addEventListener("live:now", ({ detail }) => {
  seen = detail.seen ?? seen;
  few();
  document.dispatchEvent(new Event("live:hinted"));
});
document.addEventListener("live:patched", draw);
setInterval(oldest, 30_000);
draw();
