// What is being typed survives a reload, a dead battery, a child's finger: fields with data-draft="name".

import { forget, keep, kept } from "lib/keep";
import { drawer } from "live/place";

const name = (field) => `draft:${drawer}:${field.dataset.draft}`;

for (const field of document.querySelectorAll("[data-draft]")) {
  const text = kept(name(field));
  if (text && !field.value) write(field, text);
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.draft) keep(name(target), target.value);
});

/** Put a text into a field as if somebody had typed it. */
export function write(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The text is kept elsewhere now: after a reload it must not stand here as if it had never been sent. */
export function drop(form) {
  for (const field of form.querySelectorAll("[data-draft]")) forget(name(field));
}

/** It came back: the text in the form is a draft again. */
export function restore(form) {
  for (const field of form.querySelectorAll("[data-draft]")) keep(name(field), field.value);
}
