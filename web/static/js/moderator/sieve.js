// Only some of the cards, chosen from a list at the search field. Without this script the same list asks for a page.

import { isFew, isOld } from "moderator/hints";

const list = document.getElementById("sieve");
const topics = document.getElementById("sieve-topics");

const topic = (card) => card.querySelector(".staff-card__topic")?.textContent.slice(0, -1) ?? "";
const kinds = {
  old: isOld,
  few: isFew,
  appeal: (card) => card.dataset.is.includes(" appeal"),
  private: (card) => card.dataset.is.includes(" private"),
  channel: (card, value) => card.dataset.is.split(" ")[0] === value,
  site: (card, value) => card.dataset.site === value,
  topic: (card, value) => topic(card) === value,
};

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

/** Topics come with the questions. */
function offer() {
  const known = new Set([...list.options].map((option) => option.value));
  for (const card of document.querySelectorAll("[data-card]")) {
    const value = `topic:${topic(card)}`;
    if (value === "topic:" || known.has(value)) continue;
    known.add(value);
    topics.append(new Option(topic(card), value));
  }
}

document.querySelector("#sifted + .meta")?.remove();
document.getElementById("sifted")?.remove();
document.addEventListener("live:patched", offer);
