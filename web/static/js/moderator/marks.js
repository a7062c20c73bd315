// Words that scripts put on cards, among those of the server.

/** The line of marks of a card; a card without marks of the server's has none yet. */
function line(card) {
  const there = card.querySelector(":scope > .staff-card__marks");
  if (there) return there;
  const marks = Object.assign(document.createElement("p"), { className: "staff-card__marks" });
  card.querySelector(":scope > .staff-card__text").after(marks);
  return marks;
}

/** The word of one script, by its `name`: put there, changed, or taken off when there is no text. A narrow row shows its `first` best. */
export function mark(card, name, text, { className = "badge badge--attention", first = false } = {}) {
  const had = card.querySelector(`[data-word=${name}]`);
  if (!text) return had?.remove();
  const word = had ?? Object.assign(document.createElement("span"), { className });
  word.dataset.word = name;
  if (word.textContent !== text) word.title = word.textContent = text;
  if (!had) line(card)[first ? "prepend" : "append"](word);
}
