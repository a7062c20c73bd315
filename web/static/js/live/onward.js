// Forms marked data-onward (a question, a card at a desk) are free for the next text as soon as the last one is kept on
// this device: nobody stands still for a network. What waits has its own list, and its answer is still seen here.

import { safety } from "live/box";
import { write } from "live/drafts";

const left = new Map(); // op -> the form that has gone on to the next

/** True when what was sent is kept here and the form may go on; then it is empty. */
export function goesOn(form, item) {
  if (!form.hasAttribute("data-onward") || safety() !== "kept") return false;
  left.set(item.op, form);
  if (form.hasAttribute("data-reset")) form.reset();
  form.dispatchEvent(new Event("live:onward"));
  return true;
}

/** The form that this was sent from before it went on. */
export const leftBy = (op) => left.get(op);

/** It is answered. */
export const settled = (op) => left.delete(op);

/** Whether somebody sees the form: a dialogue that takes no questions hides it, and a dialog may have been closed. */
export const isSeen = (form) => form.getClientRects().length > 0;

const NO_WORDS = new Set(["hidden", "checkbox", "radio", "file"]);
export const takesWords = (field) => "defaultValue" in field && !NO_WORDS.has(field.type);
/** A field in which somebody has written. */
export const isWritten = (field) => takesWords(field) && field.value !== field.defaultValue;

/** Put words that were refused back to where they were written; not where the next ones are being written. */
export function takesBack(form, { fields }) {
  if (form.getAttribute("aria-busy") === "true" || !isSeen(form) || [...form.elements].some(isWritten)) return false;
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (field?.type === "checkbox") field.checked = true;
    else if (field instanceof RadioNodeList) field.value = value;
    else if (field) write(field, value);
  }
  return true;
}
