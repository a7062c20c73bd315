// Nothing moves under a finger: while the pointer or the focus is in a list, a hand reads through it on a touch screen, or
// a question lies open to be read or written about, what arrives waits unseen behind "3 câu mới" and what goes stays as a
// shadow. One's own acts are shown at once.

import { inOrder } from "moderator/cards";

const OWN = 1_500; // Milliseconds after an act of this page in which changes are taken to be its own.
const SETTLE = 300; // ... and in which a second press would hit what has just moved up.

const READS = 30_000; // ... and after a touch in which somebody still reads: a finger that has left hovers nowhere.

let ownUntil = 0;
const waiting = new Map();
const touched = new Map(); // A list -> when a finger was last on it.

const isTouched = (list) => Date.now() - (touched.get(list) ?? -READS) < READS;

/** Whether somebody is at this list, with the pointer, the focus or a finger. */
export const isAt = (list) => list.matches(":hover") || list.contains(document.activeElement) || isTouched(list);

const isHeld = (list) =>
  Date.now() > ownUntil && list.children.length > 0 && (isAt(list) || document.querySelector("dialog[open]") !== null);

/** An act of this page: its changes are wanted now. */
export function own() {
  ownUntil = Date.now() + OWN;
  for (const list of waiting.keys()) release(list);
}

function shadow(card, list, next) {
  const ghost = card.cloneNode(true);
  ghost.removeAttribute("id");
  for (const part of ghost.querySelectorAll("[id]")) part.removeAttribute("id");
  ghost.dataset.ghost = "";
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  list.insertBefore(ghost, next?.parentNode === list ? next : null);
}

function hold(list, records) {
  const cards = waiting.get(list);
  for (const { addedNodes, removedNodes, nextSibling } of records) {
    for (const card of removedNodes) if (card.dataset && !("ghost" in card.dataset) && !cards.delete(card)) shadow(card, list, nextSibling);
    for (const card of addedNodes) if (card.dataset && !("ghost" in card.dataset)) cards.add(card);
  }
  tell(list);
}

function tell(list) {
  const cards = waiting.get(list);
  for (const card of cards) card.dataset.waits = "";
  const news = document.querySelector(`[data-news="${list.id}"]`);
  if (!news) return;
  news.dataset.words ??= news.textContent;
  news.hidden = !cards.size;
  news.textContent = news.dataset.words.replace("{count}", cards.size);
}

function release(list) {
  for (const card of waiting.get(list)) delete card.dataset.waits;
  waiting.get(list).clear();
  for (const ghost of list.querySelectorAll("[data-ghost]")) ghost.remove();
  tell(list);
  document.dispatchEvent(new Event("cards:released"));
}

/** The next card takes the focus of one that went, so that j, k and a go on. */
function refocus(list, records) {
  if (document.activeElement !== document.body) return;
  const left = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.id === list.dataset.at));
  if (!left) return;
  const { order } = [...left.removedNodes].find((node) => node.id === list.dataset.at).style;
  const following = order && inOrder(list).find((card) => card.style.order - order > 0);
  const next = following || (left.nextSibling?.parentNode === list ? left.nextSibling : list.lastElementChild);
  (next?.closest?.("[data-card]") ?? list.lastElementChild)?.focus();
}

function settle(list) {
  list.dataset.settling = "";
  setTimeout(() => delete list.dataset.settling, SETTLE);
}

for (const list of document.querySelectorAll("[data-held]")) {
  waiting.set(list, new Set());
  const watcher = new MutationObserver((records) => {
    if (isHeld(list)) hold(list, records);
    else if (Date.now() < ownUntil) {
      settle(list);
      refocus(list, records);
    }
    watcher.takeRecords();
  });
  watcher.observe(list, { childList: true });
  list.addEventListener("focusin", ({ target }) => (list.dataset.at = target.closest("[data-card]")?.id ?? ""));
  // On the way to "3 câu mới" above the list nothing comes out by itself: the button would go from under the finger.
  const head = document.querySelector(`[data-news="${list.id}"]`)?.parentElement;
  const leave = () => setTimeout(() => isHeld(list) || head?.matches(":hover") || release(list));
  for (const event of ["pointerleave", "focusout"]) list.addEventListener(event, leave);
  document.addEventListener("close", leave, true); // Of a dialog.
  let still = 0;
  const touch = () => {
    touched.set(list, Date.now());
    clearTimeout(still);
    still = setTimeout(leave, READS);
  };
  for (const event of ["touchstart", "touchmove"]) list.addEventListener(event, touch, { passive: true });
  head?.addEventListener("pointerleave", leave);
}

document.addEventListener("live:patched", () => waiting.forEach((cards, list) => cards.size && tell(list)));
document.addEventListener("submit", own, true);
document.addEventListener("click", ({ target }) => {
  const news = target.closest?.("[data-news]");
  if (news) release(document.getElementById(news.dataset.news));
});
