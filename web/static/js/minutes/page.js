// The proof: each block is saved by itself and the page stays, so that nothing typed elsewhere is lost.
import "staff/script";
import { settle } from "desk/growing";

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

function saved(form, text) {
  const { text: field, revision } = form.elements;
  revision.value = Number(revision.value) + 1;
  settle(field, text);
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

async function save(form, submitter) {
  const fields = new URLSearchParams(new FormData(form));
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const message = await answer.json();
    if (!answer.ok) said(form, "refused", message.say ?? left.dataset.lost);
    else if (fields.get("text") && !fields.get("composed")) saved(form, fields.get("text"));
    else await redraw(form);
    if (message.code === "stale") await renew(form);
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    said(form, "busy", left.dataset.lost); // No network: the text stays in the box.
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-saves]")) return;
  event.preventDefault();
  save(event.target, event.submitter);
});

document.addEventListener("input", count);
addEventListener("beforeunload", (event) => typed().length && event.preventDefault());
document.querySelector("[data-prints]")?.addEventListener("click", () => print());
