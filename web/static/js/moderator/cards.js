// The cards of the page, as the other scripts speak of them.

/** Cards that are really there and shown, in the order of the page. */
export function visible(within = document) {
  return [...within.querySelectorAll("[data-card]:not([data-ghost])")].filter((card) => card.getClientRects().length);
}

/** The card the person is at, if any. */
export function current() {
  return document.activeElement?.closest?.("[data-card]");
}

export function isTyping(target) {
  return target.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select") ?? false;
}
