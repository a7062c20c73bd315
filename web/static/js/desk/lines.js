// Editing in place: Enter saves, Escape takes back, Alt with arrows walks, Alt with 1 to 4 says who spoke.
// A save names the revision that was there when the typing began, whatever has arrived since.

import { send } from "live/outbox";
import { settle } from "desk/growing";

const ROLES = ["chair", "agency", "citizen", "host"];
const list = document.getElementById("lines");
const bottom = document.scrollingElement;
const seen = new WeakMap(); // Form -> the revision that was there when its typing began.

const fields = () => [...list.querySelectorAll("textarea")];
const lineOf = (field) => field.closest("[data-line]");

function begin(field) {
  const form = field.form;
  if (field.value === field.defaultValue) seen.delete(form);
  else if (!seen.has(form)) seen.set(form, lineOf(field).dataset.revision);
}

function attribute(line, role) {
  const { line: number, speaker, revision, role: before } = line.dataset;
  send("attribute_line", { line: number, role, speaker: role === before ? speaker : "", revision }, false);
}

function walk(field, by) {
  const all = fields();
  const next = all[all.indexOf(field) + by] ?? document.getElementById("scribe-text");
  next.focus();
}

function key(event) {
  const field = event.target;
  if (event.isComposing) return; // Vietnamese typing on some systems composes: that Enter is not ours.
  if (event.key === "Enter" && !event.shiftKey) field.value !== field.defaultValue ? field.form.requestSubmit() : walk(field, 1);
  else if (event.key === "Escape") restoreLine(field);
  else if (event.altKey && event.key === "ArrowDown") walk(field, 1);
  else if (event.altKey && event.key === "ArrowUp") walk(field, -1);
  else if (event.altKey && ROLES[Number(event.key) - 1]) attribute(lineOf(field), ROLES[Number(event.key) - 1]);
  else if (event.altKey && event.code === "KeyP") lineOf(field).querySelector("[data-play]")?.click();
  else return;
  event.preventDefault();
}

function restoreLine(field) {
  settle(field, field.defaultValue);
  seen.delete(field.form);
  field.form.querySelector(".form__said").textContent = "";
}

list.addEventListener("input", ({ target }) => begin(target));
list.addEventListener("keydown", (event) => event.target.matches("textarea") && key(event));

/** A line has other forms too (a name to put in): they carry their own revision. */
const edits = (form) => form.matches(".line__form");

list.addEventListener("submit", ({ target: form }) => {
  if (!edits(form)) return;
  form.elements.revision.value = seen.get(form) ?? form.closest("[data-line]").dataset.revision;
}, true);

list.addEventListener("live:done", ({ target: form }) => {
  if (!edits(form)) return;
  settle(form.elements.text);
  seen.delete(form);
});

/** Somebody was quicker: both texts are there now, and the next Enter saves over theirs, knowingly. */
document.addEventListener("live:answer", ({ detail: { kind, item, message } }) => {
  if (kind !== "refused" || message.code !== "stale" || item.do !== "edit_line") return;
  const line = document.getElementById(`line-${item.fields.line}`);
  const form = line?.querySelector("form");
  if (form) seen.set(form, line.dataset.revision);
});

/** New lines come at the bottom: whoever is there stays there; whoever reads further up is left alone. */
let atEnd = true;
const nearEnd = () => bottom.scrollHeight - bottom.scrollTop - innerHeight < 160;
document.addEventListener("live:patches", () => (atEnd = nearEnd()));
document.addEventListener("live:patched", () => {
  if (atEnd && !list.contains(document.activeElement)) bottom.scrollTop = bottom.scrollHeight;
});
