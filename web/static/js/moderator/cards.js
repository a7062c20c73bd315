// The cards of the page, as the other scripts speak of them.

/** Cards that are really there, in the order in which they are shown (moderator/reads). */
export function inOrder(list) {
  const cards = [...list.querySelectorAll(":scope > [data-card]:not([data-ghost])")];
  return cards.sort((one, other) => one.style.order - other.style.order);
}

/** All of them that are shown, list by list. */
export function visible() {
  return [...document.querySelectorAll("[data-held]")].flatMap(inOrder).filter((card) => card.getClientRects().length);
}

/** The card the person is at, if any. */
export function current() {
  return document.activeElement?.closest?.("[data-card]");
}

/** Whether an order of calling was declared: who departs from it says why. */
export function isRuled() {
  return document.getElementById("mixing-rule") !== null;
}

export function isTyping(target) {
  return target.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select") ?? false;
}

/** The line of marks of a card, where scripts add their own; a card without marks of the server's has none yet. */
export function marksOf(card) {
  const there = card.querySelector(":scope > .staff-card__marks");
  if (there) return there;
  const marks = Object.assign(document.createElement("p"), { className: "staff-card__marks" });
  card.querySelector(":scope > .staff-card__text").after(marks);
  return marks;
}
