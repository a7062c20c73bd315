// A change of the page may take away the form in which somebody writes: another one was quicker with its question. The
// words then stand in the list of what is not in the record, for whoever wrote them to copy or put away.

import { say } from "lib/words";
import { put } from "live/box";
import { isWritten, takesWords } from "live/onward";

const recorded = new WeakMap(); // A form -> the words of it that the server has.
let count = 0;

const written = (form) => [...form.elements].filter((field) => isWritten(field) && field.value.trim());
const words = (form) => written(form).map(({ value }) => value).join("\n");

document.addEventListener("live:done", ({ target }) => recorded.set(target, words(target)));

const hasWords = (form) => words(form) && words(form) !== recorded.get(form);

/** Forms that hold words of nobody but who writes them, and the field where the hands are. What is on its way to the
 *  server has a list of its own. */
export function beingWritten() {
  const forms = [...document.querySelectorAll("form[data-do]:not([data-own])")].filter(hasWords);
  const at = document.activeElement;
  return { forms, hand: at && takesWords(at) ? at : null }; // Whoever pressed a button types nothing on.
}

/** Words that have no form any more, of this question if of any. */
export function leave(fields, number) {
  const why = number ? say("left_of", { number }) : say("left");
  put({ op: `left-${Date.now()}-${count++}`, do: "", fields, made: Date.now(), refused: why, unsent: true });
}

/** Of these forms, what has gone from the page since. "live:left": so has the field under the hands, which may type on. */
export function keepLeft({ forms, hand }) {
  for (const form of forms.filter(({ isConnected }) => !isConnected)) {
    const fields = Object.fromEntries(written(form).map(({ name, value }) => [name, value]));
    leave(fields, form.querySelector("[name=question][type=hidden]")?.value);
  }
  if (hand && !hand.isConnected) document.dispatchEvent(new Event("live:left"));
}
