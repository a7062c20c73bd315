// The cards of the page, as the other scripts speak of them.

/** Cards that are really there, in the order of the page. */
export const cardsOf = (list) => [...list.querySelectorAll(":scope > [data-card]:not([data-ghost])")];

/** The same in the order in which they are shown (moderator/reads). */
export function inOrder(list) {
  return cardsOf(list).sort((one, other) => one.style.order - other.style.order);
}

const lists = () => [...document.querySelectorAll("[data-held]")];

/** Those of all lists, list by list as they are shown. */
export const everywhere = () => lists().flatMap(inOrder);

/** Those that a sieve or a closed part does not hide. */
export const visible = () => everywhere().filter((card) => card.getClientRects().length);

/** Those that wait for the floor. */
export const waiting = () => ["deck", "queue", "approved"].flatMap((name) => cardsOf(document.getElementById(name)));

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
