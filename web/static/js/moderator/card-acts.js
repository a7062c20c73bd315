// The buttons of a card, put into it when it is used: first in the list to be read, in focus, or meant by a key. Of four
// hundred cards only those few have any. Which ones is told by its state and by whether an order was declared.

import { inOrder, isRuled } from "moderator/cards";

const parts = [...document.querySelectorAll("template[data-acts]")];

/** The buttons for this state: those under a declared order where there are such. */
function partFor(state) {
  const fit = parts.filter((part) => part.dataset.acts.split(" ").includes(state));
  return fit.find((part) => "ruled" in part.dataset === isRuled()) ?? fit[0];
}

function drawn(part, number) {
  const form = document.importNode(part.content.firstElementChild, true);
  form.elements.question.value = number;
  for (const one of form.querySelectorAll("a, button")) one.setAttribute("aria-label", `${one.getAttribute("aria-label") ?? one.textContent} ${form.dataset.of} ${number}`);
  for (const link of form.querySelectorAll("a")) link.setAttribute("href", link.getAttribute("href").replace("question=0", `question=${number}`));
  return form;
}

const placeIn = (card) => card.querySelector(":scope > .staff-card__acts");

/** See to it that the card has the buttons of its present state; an act on its way keeps its own until it is answered. */
export function fill(card) {
  const part = card && partFor(card.dataset.state);
  if (!part) return;
  const place = placeIn(card) ?? Object.assign(document.createElement("div"), { className: "staff-card__acts" });
  const kind = String(parts.indexOf(part));
  if (place.dataset.kind === kind || place.querySelector("[aria-busy=true]")) return;
  if (place.contains(document.activeElement)) card.focus();
  place.dataset.own = ""; // No patch takes it away.
  place.dataset.kind = kind;
  place.replaceChildren(drawn(part, card.dataset.card));
  if (!place.isConnected) card.append(place);
}

/** The link to all that can be done is for whoever hears the lists: four hundred stops would be in the way of Tab. */
function offTheWay() {
  for (const link of document.querySelectorAll("[data-card] > a:not([tabindex])")) link.tabIndex = -1;
}

function again() {
  offTheWay();
  for (const place of document.querySelectorAll("[data-card]:not([data-ghost]) > .staff-card__acts")) fill(place.parentElement);
  fill(inOrder(document.getElementById("review"))[0]);
}

document.addEventListener("focusin", ({ target }) => fill(target.closest?.("[data-card]:not([data-ghost])")));
document.addEventListener("live:patched", again);
document.addEventListener("live:answer", () => queueMicrotask(again)); // By then its form is free again (live/forms).
document.documentElement.dataset.cardActs = "";
again();
