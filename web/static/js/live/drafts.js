// What is being typed survives a reload, a dead battery, a child's finger: fields with data-draft="name".

import { forget, keep, kept } from "lib/keep";
import { code } from "live/place";

const name = (field) => `draft:${code}:${field.dataset.draft}`;

for (const field of document.querySelectorAll("[data-draft]")) {
  const text = kept(name(field));
  if (text && !field.value) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.draft) keep(name(target), target.value);
});

/** The text has arrived: the draft is no longer needed. */
export function drop(form) {
  for (const field of form.querySelectorAll("[data-draft]")) forget(name(field));
}
