// The proof: each block is saved by itself and the page stays, so that nothing typed elsewhere is lost.
import { follow, settle } from "desk/growing";

const left = document.getElementById("unsaved");
const typed = () => document.querySelectorAll(".growing[data-typed]");

function count() {
  left.textContent = typed().length ? left.dataset.words.replace("{count}", typed().length) : "";
}

function said(form, kind, sentence) {
  const line = form.querySelector(".form__said");
  line.dataset.said = kind;
  line.textContent = sentence;
}

/** The server has these words. What was typed since they were sent stays, and is not saved yet. */
function saved(form, text) {
  const { text: field, revision } = form.elements;
  revision.value = Number(revision.value) + 1;
  if (field.value === text) settle(field, text);
  else {
    field.defaultValue = text;
    follow(field);
  }
  form.closest(".block").toggleAttribute("data-edited", true);
  said(form, "ok", "");
  count();
}

/** The block of this form as the server draws it now. */
async function drawn(form) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  return page.getElementById(form.closest(".block").id);
}

/** Somebody was quicker: the sentence shows their text, and saving again now means saving over it, knowingly. */
async function renew(form) {
  const fresh = (await drawn(form))?.querySelector("[name=revision]");
  if (fresh) form.elements.revision.value = fresh.value;
}

/** An emptied block, or what the journal says: the server's to draw, and what is typed in other blocks stays. */
async function redraw(form) {
  const fresh = await drawn(form);
  if (!fresh) return;
  form.closest(".block").replaceWith(fresh);
  fresh.querySelector("textarea").focus();
  count();
}

/** True when the server has it. */
async function save(form, submitter) {
  const fields = new URLSearchParams(new FormData(form));
  const { value: text } = form.elements.text;
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const message = await answer.json();
    if (!answer.ok) said(form, "refused", message.say ?? left.dataset.lost);
    else if ((text && !fields.get("composed")) || form.elements.text.value !== text) saved(form, text);
    else await redraw(form);
    if (message.code === "stale") await renew(form);
    return answer.ok;
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    said(form, "busy", left.dataset.lost); // No network: the text stays in the box.
    return false;
  }
}

const saving = new Map(); // Form -> who pressed it again meanwhile, if anybody did: one save after another.

async function press(form, submitter) {
  if (saving.has(form)) {
    saving.set(form, submitter);
    return;
  }
  saving.set(form, null);
  const isSaved = await save(form, submitter);
  const again = saving.get(form);
  saving.delete(form);
  if (again && isSaved && form.isConnected) await press(form, again); // Else the sentence says why not.
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-saves]")) return;
  event.preventDefault();
  press(event.target, event.submitter);
});

document.addEventListener("input", count);
addEventListener("beforeunload", (event) => typed().length && event.preventDefault());
document.querySelector("[data-prints]")?.addEventListener("click", () => print());
