// Two may write the same thing. A form sends what was there when its writing began (`was`), whatever arrives meanwhile: who
// comes second is told, with the present words, and saving again then means saving over them, knowingly.

const forms = new Map(); // op -> the form it came from
const MARKS = "[name=was], #glossary-place [name=revision]";
const marks = (form) => form?.querySelectorAll?.(MARKS) ?? [];

document.addEventListener("input", ({ target }) => {
  for (const field of marks(target.form)) field.dataset.own = ""; // Patches pass it by from now on (live/patch).
});

/** What was written is there now: the next patch may change it. */
function settle(form) {
  for (const field of form.elements) if (field.matches("input:not([type=hidden]), textarea")) field.defaultValue = field.value;
  for (const field of marks(form)) delete field.dataset.own;
}

/** The mark of what is there now, from the page drawn anew: not every part of a page has patches. */
async function renew(form) {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok || !form.id) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.id);
  for (const field of marks(form)) field.value = fresh?.elements[field.name]?.value ?? field.value;
}

document.addEventListener("live:sent", ({ target, detail }) => marks(target).length && forms.set(detail.op, target), true);

document.addEventListener("live:answer", ({ detail: { kind, item, message } }) => {
  const form = forms.get(item.op);
  if (!form || kind === "busy" || kind === "late") return;
  forms.delete(item.op);
  if (kind === "ok") settle(form);
  if (kind === "ok" || message?.code === "stale") renew(form).catch(() => {}); // Without a network the old mark stays.
});
