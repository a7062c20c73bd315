// Words into rows, as subtitles are broken. Pure.

export const WIDE = 42; // Characters in a row at most: the common practice of broadcasters, and of our subtitle files.
const ENOUGH = 0.6; // A row so full may end where a part of the sentence does.

/** The rows of a text. More words at its end never change a row that is complete: nothing jumps while somebody speaks. */
export function rows(text, wide = WIDE) {
  const found = [];
  let row = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const ended = row.length >= wide * ENOUGH && /[.,;:?!…]$/.test(row);
    if (row && (ended || row.length + 1 + word.length > wide)) {
      found.push(row);
      row = word;
    } else row = row ? `${row} ${word}` : word;
  }
  return row ? [...found, row] : found;
}
