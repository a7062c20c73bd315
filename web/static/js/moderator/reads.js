// In which order the lists are read, chosen beside the sieve: a way of looking, kept with this tab. The queue stays as it
// is, and so does the page: a card keeps its place among the others (patches go by it) and is only shown elsewhere.

import { fill } from "moderator/card-acts";
import { cardsOf, inOrder } from "moderator/cards";
import { isAt } from "moderator/held";
import { asked, phones } from "moderator/hints";
import { supporters } from "moderator/supports";

const choice = document.getElementById("reads");
const note = document.getElementById("reads-note");
const lists = ["review", "queue", "approved"].map((name) => document.getElementById(name));
const name = `reads:${location.pathname}`;
const LAST = 1e6;
const first = {
  oldest: asked,
  newest: (card) => -asked(card),
  wanted: (card) => -supporters(card),
  unseen: phones,
};

/** Storage may be forbidden: then the choice lasts as long as the page. */
function stored(what) {
  try {
    return what(sessionStorage);
  } catch {
    return null;
  }
}

const places = new Map(); // Number of a card -> its place in its list; a patch takes it off the card.
const WRITTEN = "textarea, input:not([type=checkbox], [type=radio])";
const isWriting = () => document.querySelector("dialog[open]") || document.activeElement?.matches(WRITTEN);

function arrange(list) {
  const value = first[choice.value];
  const cards = cardsOf(list).map((card) => [value(card), card.dataset.card]);
  if (choice.value === "newest") cards.reverse(); // Of one second: a sort leaves those in the order they come.
  cards.sort(([one], [other]) => one - other).forEach(([, number], place) => places.set(number, place + 1));
}

function show(list) {
  for (const card of cardsOf(list)) {
    const place = String(places.get(card.dataset.card) ?? LAST);
    if (card.style.order !== place) card.style.order = place;
  }
  const [top] = inOrder(list);
  for (const card of cardsOf(list)) card.toggleAttribute("data-first", card === top);
  if (list.id === "review") fill(top); // The first to be read is open.
}

function again() {
  if (!choice.value) return;
  const writes = isWriting();
  for (const list of lists) {
    if (!writes && !isAt(list)) arrange(list);
    show(list);
  }
}

function chosen() {
  const { value } = choice;
  stored((storage) => (value ? storage.setItem(name, value) : storage.removeItem(name)));
  places.clear();
  note.hidden = !value;
  for (const list of lists) {
    list.toggleAttribute("data-reads", value !== "");
    if (value) arrange(list);
    if (value) show(list);
    else for (const card of list.children) card.style.order = "";
    list.closest(".column").scrollTop = 0;
  }
}

choice.addEventListener("change", chosen);
choice.addEventListener("keydown", (event) => {
  if (event.key === "Enter") choice.blur(); // Back to the cards, which j and k walk through.
  if (event.key !== "Escape" || !choice.value) return;
  choice.value = "";
  chosen();
});
for (const news of ["live:patched", "live:hinted", "cards:released"]) document.addEventListener(news, again);
for (const end of ["focusout", "close"]) document.addEventListener(end, () => setTimeout(again), true);

const before = stored((storage) => storage.getItem(name));
if (before in first) {
  choice.value = before;
  chosen();
}
