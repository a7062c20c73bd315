// Only some of the cards, chosen from a list at the search field. Without this script the same list asks for a page.

import { isFew, isOld } from "moderator/hints";
import { isWanted } from "moderator/supports";

const list = document.getElementById("sieve");

/** What a card says of each kind that comes with the questions. */
const offered = {
  topic: (card) => [card.querySelector(".staff-card__topic")?.textContent.slice(0, -1) ?? ""],
  label: (card) => (card.dataset.labels ?? "").split("|"),
  agency: (card) => (card.dataset.agency ?? "").split("|"),
  holder: (card) => [card.dataset.holder ?? ""],
};
const kinds = {
  old: isOld,
  few: isFew,
  wanted: isWanted,
  appeal: (card) => card.dataset.is.includes(" appeal"),
  private: (card) => card.dataset.is.includes(" private"),
  unsettled: (card) => card.dataset.is.includes(" unsettled"),
  channel: (card, value) => card.dataset.is.split(" ")[0] === value,
  site: (card, value) => card.dataset.site === value,
};
for (const [kind, said] of Object.entries(offered)) kinds[kind] = (card, value) => said(card).includes(value);

/** Whether something in particular is wanted. */
export const isChosen = () => list.value !== "";

/** Whether this card is wanted. */
export function fits(card) {
  const [kind, ...value] = list.value.split(":");
  return !kind || kinds[kind](card, value.join(":"));
}

export function clear() {
  list.value = "";
}

/** Topics, labels, agencies and names come with the questions. */
function offer() {
  const known = new Set([...list.options].map((option) => option.value));
  for (const group of list.querySelectorAll("[data-offers]")) {
    const { offers: kind } = group.dataset;
    for (const text of new Set([...document.querySelectorAll("[data-card]")].flatMap(offered[kind]))) {
      if (text && !known.has(`${kind}:${text}`)) group.append(new Option(text, `${kind}:${text}`));
    }
  }
}

document.querySelector("#sifted + .meta")?.remove();
document.getElementById("sifted")?.remove();
document.addEventListener("live:patched", offer);
