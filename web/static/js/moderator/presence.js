// While a question is open here its card says so to the others: opening claims it for two minutes, closing gives it back.
// The claim is a courtesy: whoever cannot have it may look all the same.

import { own } from "moderator/held";
import { send } from "live/outbox";

const RENEWED = 60_000; // Milliseconds: half of what a claim lasts (live/claims).

const dialog = document.getElementById("work-dialog");
const asked = new Map(); // op -> what follows when it is done
let held = null;
let worked = false; // Since the claim was last made.

function press(command, question, done = () => {}) {
  own();
  asked.set(send(command, { question }, false).op, done);
}

function release() {
  if (held === null) return;
  const isUnread = document.querySelector(`#review > [data-card="${held}"]:not([data-ghost])`);
  if (isUnread) press("release_review", held);
  held = null;
}

document.addEventListener("live:answer", (event) => {
  const { kind, item } = event.detail;
  if (!asked.has(item.op)) return;
  event.preventDefault(); // A courtesy has no news.
  if (kind === "busy" || kind === "late") return;
  if (kind === "ok") asked.get(item.op)();
  asked.delete(item.op);
});

document.addEventListener("work:shown", ({ detail: { number, state } }) => {
  if (held !== number) release();
  if (state !== "received" || held === number) return;
  press("start_review", number, () => {
    if (!dialog.open || dialog.querySelector("#work")?.dataset.number !== number) return press("release_review", number);
    held = number;
    dialog.querySelector("[data-claims]")?.remove();
  });
});

/** Whoever goes on working keeps the claim; a dialog left open loses it like any other. */
function renew() {
  if (held === null || !worked) return;
  worked = false;
  press("start_review", held);
}

for (const work of ["input", "keydown", "pointerdown"]) dialog.addEventListener(work, () => (worked = true));
setInterval(renew, RENEWED);
dialog.addEventListener("close", release);
