// The order of the queue: by dragging, by the arrow buttons, by keys. The server decides; what it refuses goes back. Under
// a declared order each of them opens the form that asks for the reason, with the place filled in.

import { send } from "live/outbox";
import { cardsOf, isRuled } from "moderator/cards";
import { own } from "moderator/held";
import { open } from "staff/work";

const queue = document.getElementById("queue");
const line = document.getElementById("order-said");
const asked = new Map(); // op -> put the card back

const cards = () => cardsOf(queue);
const number = (card) => card?.dataset.card ?? "";

function place(card, before, putBack = () => {}) {
  if (isRuled()) {
    putBack();
    open(`?question=${number(card)}&open=place&before=${number(before)}#work`, card);
    return;
  }
  own();
  line.textContent = "";
  asked.set(send("place", { question: number(card), before: number(before) }, false).op, putBack);
}

/** Read in another order (moderator/reads): a neighbour there is none in the queue. */
const isElsewhere = () => "reads" in queue.dataset;

/** Move a queued card "up", "down" or to the "top". */
export function move(card, where) {
  if (isElsewhere()) {
    line.textContent = line.dataset.elsewhere;
    return;
  }
  const all = cards();
  const at = all.indexOf(card);
  if (at < 0) return;
  const to = { up: at - 1, down: at + 2, top: 0 }[where];
  if (to < 0 || to > all.length || to === at) return;
  place(card, all[to]);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-move]");
  if (button) move(button.closest("[data-card]"), button.dataset.move);
});

document.addEventListener("live:answer", ({ detail: { kind, item, message } }) => {
  if (!asked.has(item.op) || kind === "busy" || kind === "late") return;
  if (kind !== "ok") {
    asked.get(item.op)();
    line.dataset.said = "refused";
    line.textContent = message.say ?? line.dataset.lost;
  }
  asked.delete(item.op);
});

globalThis.Sortable?.create(queue, {
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
  delay: 200, // A finger that scrolls is no finger that drags.
  delayOnTouchOnly: true,
  draggable: "[data-card]",
  filter: (event) => isElsewhere() || Boolean(event.target.closest("a, button, input")),
  preventOnFilter: false,
  onStart() {
    own();
    document.dispatchEvent(new Event("live:hold"));
  },
  onEnd(move) {
    dropped(move);
    document.dispatchEvent(new Event("live:release"));
  },
});

/** Where it was dropped is told by its new neighbour; what others did meanwhile comes afterwards. */
function dropped({ item, oldIndex, newIndex }) {
  if (oldIndex === newIndex) return;
  const all = cards();
  const after = all[all.indexOf(item) + 1];
  place(item, after, () => queue.insertBefore(item, queue.children[oldIndex + (newIndex < oldIndex ? 1 : 0)] ?? null));
}
