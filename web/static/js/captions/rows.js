// Words into rows, as subtitles are broken. Pure.

export const WIDE = 42; // Characters in a row at most: the common practice of broadcasters, and of our subtitle files.
const ENOUGH = 0.6; // A row so full may end where a part of the sentence does.

/** The rows of a text, none longer than `wide` by the measure `long`. More words at its end never change a row that is
    complete: nothing jumps while somebody speaks. */
export function rows(text, wide = WIDE, long = (row) => row.length) {
  const found = [];
  let row = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const more = row ? `${row} ${word}` : word;
    const ended = /[.,;:?!…]$/.test(row) && long(row) >= wide * ENOUGH;
    if (row && (ended || long(more) > wide)) {
      found.push(row);
      row = word;
    } else row = more;
  }
  return row ? [...found, row] : found;
}
