// Several at once: cards are picked by a tick or by x, and one act is sent for each, in their order on the page.
// Every item is an act of its own: what is refused for one stops none of the others, stays picked, and is told by name.

import { send } from "live/outbox";
import { everywhere } from "moderator/cards";
import { own } from "moderator/held";

const parts = document.getElementById("bulk-parts"); // In the page from the first pick on.
const bar = parts.content.firstElementChild;
const said = bar.querySelector(".bulk__said");
const back = bar.querySelector("[data-bulk-undo]");
const waiting = new Map(); // op -> told of the answer

const MEANWHILE = new Set(["stale", "wrong_state"]); // The sentence tells what became of it: pressed again, it is known.

const PICKED = ":scope > .staff-card__head > .pick:checked";
const picks = () => everywhere().flatMap((one) => [...one.querySelectorAll(PICKED)]);
const card = (pick) => pick.closest("[data-card]").dataset.card;

function show() {
  const count = picks().length;
  if (count && !bar.isConnected) parts.replaceWith(bar);
  bar.hidden = !count && !said.textContent;
  bar.toggleAttribute("data-none", !count);
  bar.querySelector("[data-bulk-count]").textContent = bar.dataset.picked.replace("{count}", count);
}

/** A card as it stands: where, and in which wording. */
function standing(pick) {
  const { state, revision } = pick.closest("[data-card]").dataset;
  return { seen: state, revision: revision ?? "1" };
}

/** What was read when it was ticked: of what is refused, each is to be read first. */
function readOf(pick) {
  const { seen, revision } = pick.dataset;
  return seen ? { seen, revision } : standing(pick);
}

function forget(pick) {
  delete pick.dataset.seen;
  delete pick.dataset.revision;
}

/** Send one act and wait for what became of it. */
function sent(command, fields) {
  return new Promise((resolve) => waiting.set(send(command, fields, false).op, resolve));
}

document.addEventListener("live:answer", (event) => {
  const { kind, item, message } = event.detail;
  if (!waiting.has(item.op)) return;
  event.preventDefault(); // It is told here.
  if (kind === "busy" || kind === "late") return;
  waiting.get(item.op)({ kind, message });
  waiting.delete(item.op);
});

async function each(items, act) {
  const refused = [];
  const done = [];
  for (const [index, item] of items.entries()) {
    said.textContent = bar.dataset.going.replace("{done}", index).replace("{all}", items.length);
    own();
    const { kind, message } = await act(item);
    if (kind === "ok") done.push(message.n);
    else refused.push(`${item}: ${message.say ?? bar.dataset.lost}`);
  }
  said.textContent = [bar.dataset.went.replace("{done}", done.length).replace("{all}", items.length), ...refused].join("\n");
  return done;
}

/** Whoever picked it has read it here: an outcome without the floor is given to what is approved. */
const isUnread = (question) => document.querySelector(`#review > [data-card="${question}"]:not([data-ghost])`);

async function carryOut(form, submitter) {
  const command = submitter.value;
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  bar.setAttribute("aria-busy", "true");
  const numbers = picks().map(card);
  const first = [];
  const acts = await each(numbers, async (question) => {
    const approved = command === "give_outcome" && isUnread(question) ? await sent("approve", { question, queue: "false" }) : null;
    if (approved && approved.kind !== "ok") return approved;
    if (approved) first.push(approved.message.n);
    const pick = document.querySelector(`[data-card="${question}"]:not([data-ghost]) .pick`);
    const read = command === "refuse" && pick ? readOf(pick) : {};
    const answer = await sent(command, { ...fields, ...read, question });
    if (answer.kind === "ok" && pick) pick.checked = false;
    if (pick && MEANWHILE.has(answer.message?.code)) forget(pick);
    return answer;
  });
  bar.setAttribute("aria-busy", "false");
  back.dataset.acts = [...first, ...acts].sort((one, other) => one - other).join(" ");
  back.hidden = command === "undo" || !acts.length;
  for (const part of bar.querySelectorAll("details[open]")) part.open = false;
  show();
}

bar.addEventListener("submit", (event) => {
  event.preventDefault();
  if (bar.getAttribute("aria-busy") !== "true" && picks().length) carryOut(event.target, event.submitter);
});

back.addEventListener("click", async () => {
  back.hidden = true;
  await each(back.dataset.acts.split(" ").reverse(), (act) => sent("undo", { act }));
  show();
});

bar.querySelector("[data-bulk-none]").addEventListener("click", () => {
  for (const pick of picks()) pick.checked = false;
  said.textContent = "";
  back.hidden = true;
  show();
});

// A tick takes no focus: the card would grow under the finger, and the tap would end on another.
document.addEventListener("mousedown", (event) => event.target.matches?.(".pick") && event.preventDefault());
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".pick")) return;
  if (target.checked) Object.assign(target.dataset, standing(target));
  show();
});
document.addEventListener("live:patched", show);
