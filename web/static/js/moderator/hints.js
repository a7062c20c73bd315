// Hints on cards: which approved questions few phones have shown yet, and which has waited longest to be read. They are
// words on the card, so the search finds them.

const words = document.getElementById("hints").dataset;
const ENOUGH = 9; // Phones that have seen the question most shown; below it no other one has been passed over yet.
const SHARE = 3; // Few: less than a third of that.
const LONG = 5; // Minutes a question may wait unread before the page says so.

let seen = {};

function hint(card, text) {
  const marks = card.querySelector(".staff-card__marks");
  const had = marks.querySelector("[data-hint]");
  if (!text) return had?.remove();
  if (had?.textContent === text) return;
  const mark = had ?? document.createElement("span");
  mark.dataset.hint = "";
  mark.className = "badge badge--attention";
  mark.textContent = text;
  if (!had) marks.append(mark);
}

function few() {
  const most = Math.max(0, ...Object.values(seen));
  for (const card of document.querySelectorAll("#deck > li, #queue > li, #approved > li")) {
    const count = seen[card.dataset.card] ?? 0;
    hint(card, most >= ENOUGH && count * SHARE < most ? words.few.replace("{count}", count) : "");
  }
}

function oldest() {
  const asked = (card) => Date.parse(card.querySelector("time").dateTime);
  const cards = [...document.querySelectorAll("#review > li:not([data-ghost])")].sort((one, other) => asked(one) - asked(other));
  cards.forEach((card, place) => {
    const minutes = Math.floor((Date.now() - asked(card)) / 60_000);
    hint(card, place === 0 && minutes >= LONG ? words.oldest.replace("{minutes}", minutes) : "");
  });
}

function draw() {
  few();
  oldest();
}

document.addEventListener("live:now", ({ detail }) => {
  seen = detail.seen ?? seen;
  few();
});
document.addEventListener("live:patched", draw);
setInterval(oldest, 30_000);
draw();
