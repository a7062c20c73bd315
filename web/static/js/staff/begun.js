// A dialog closes by a key or a touch beside it, also by mistake. What was begun in it is there when its question is opened
// again, with what its writer had seen (the revision), so that nothing newer is written over unknowingly.

import { write } from "live/drafts";
import { leave } from "live/left";
import { isWritten } from "live/onward";

const SEEN = "[name=revision], [name=was], [name=seen]";
const begun = new Map(); // Where a form sends to, and about which question -> what was written there.
const sent = new WeakSet();

const name = (form) => `${form.getAttribute("action")} ${form.elements.question?.value ?? ""}`;
const isChosen = (field) => field.matches("select[data-touched]");

document.addEventListener("live:done", ({ target }) => {
  sent.add(target);
  begun.delete(name(target));
});

/** Remember what stands half written in the dialog. */
export function remember(dialog) {
  for (const form of dialog.querySelectorAll("form[data-do]:not([aria-busy=true])")) {
    const written = [...form.elements].filter((field) => isWritten(field) && field.value.trim());
    const fields = [...written, ...[...form.elements].filter(isChosen), ...form.querySelectorAll(SEEN)];
    if (sent.has(form) || !written.length) begun.delete(name(form));
    else begun.set(name(form), fields.map((field) => [field.name, field.value]));
  }
}

/** Put it back; what its question offers no form for any more goes to the list of what was not sent. */
export function restore(work) {
  for (const form of work.querySelectorAll("form[data-do]")) {
    const fields = begun.get(name(form)) ?? [];
    begun.delete(name(form));
    for (const [field, value] of fields) write(form.elements[field], value);
    const part = form.closest("details");
    if (fields.length && part && !work.querySelector("details[name=work][open]")) part.open = true;
  }
  for (const [where, fields] of begun) {
    if (!where.endsWith(` ${work.dataset.number}`)) continue;
    begun.delete(where);
    leave(Object.fromEntries(fields.filter(([field]) => !SEEN.includes(`=${field}]`))), work.dataset.number);
  }
}
