// Links marked data-open show the #work of their page in the dialog: drawn by the server when it is opened, so that
// texts and revisions are the present ones. Without this script the same links are pages.

import { say } from "lib/words";
import { remember, restore } from "staff/begun";

const dialog = document.getElementById("work-dialog");
let address = "";
let from = null;

async function drawn(href) {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new TypeError(`no page: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("work");
}

function show(work) {
  remember(dialog);
  dialog.replaceChildren(work);
  restore(work);
  if (!dialog.open) dialog.showModal();
  const first = "details[open] :is(textarea, select, input:not([type=hidden])), .work > form :is(input:not([type=hidden]), select)";
  const field = dialog.querySelector(first);
  (field ?? dialog.querySelector("#work")).focus();
  const low = field ? field.getBoundingClientRect().bottom + dialog.scrollTop : 0;
  if (low <= dialog.getBoundingClientRect().bottom) dialog.scrollTop = 0; // From its heading on, where that shows the field too.
  if (work.dataset.number) document.dispatchEvent(new CustomEvent("work:shown", { detail: { ...work.dataset } }));
}

/** Show the work at this address, for this card if there is one. */
export async function open(href, card = null) {
  from = card ? { id: card.id, list: card.parentElement } : from;
  address = href;
  try {
    const work = await drawn(href);
    if (work) show(work);
    else location.assign(href);
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    show(Object.assign(document.createElement("p"), { id: "work", tabIndex: -1, textContent: say("lost") }));
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-open], a[data-closes]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.hasAttribute("data-closes")) return dialog.close();
  from = null;
  open(link.href, link.closest("li[id]"));
});

/** Back to the card it was opened from: the link itself is hidden by now, and a card that went elsewhere is done with. */
dialog.addEventListener("close", () => {
  const card = from && document.getElementById(from.id);
  if (card?.parentElement === from?.list) card?.focus();
});

dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

dialog.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
});

/** Somebody was quicker: the sentence shows their text, and saving again now means saving over it, knowingly. */
document.addEventListener("live:answer", async ({ detail: { kind, message } }) => {
  if (kind !== "refused" || message.code !== "stale" || !dialog.open) return;
  const fresh = (await drawn(address))?.querySelector("[name=revision]");
  if (!fresh) return;
  for (const field of dialog.querySelectorAll("[name=revision]")) field.value = fresh.value;
});

document.addEventListener("change", ({ target }) => {
  const into = target.dataset.fills && target.form.elements[target.dataset.fills];
  if (!into || (into.value && into.value !== into.dataset.filled)) return;
  into.value = into.dataset.filled = target.selectedOptions[0].dataset.sentence ?? "";
});

const here = document.querySelector("body > #work");
if (here) {
  const card = document.querySelector(`[data-card="${here.dataset.number}"]`) ?? document.getElementById("live");
  from = { id: card.id, list: card.parentElement };
  address = location.href;
  show(here);
}
