// The hands may stay on the keyboard: every key presses a button that is on the page, or goes to a card.

import { fill } from "moderator/card-acts";
import { current, isTyping, visible } from "moderator/cards";
import { move } from "moderator/order";

const STAGE = new Set(["n", "h", "c", "v", "1", "2"]);
const PAUSE = 2_000; // Milliseconds without a key, after which nobody is typing on.
const table = document.getElementById("keys");

let pause = 0; // While it runs, keys belong to a text whose field a change has just taken away (live/left).

function listenLater() {
  clearTimeout(pause);
  pause = setTimeout(() => (pause = 0), PAUSE);
}

function step(by) {
  const cards = visible();
  const at = cards.indexOf(current());
  const next = at < 0 ? cards[0] : cards[Math.min(cards.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const card = current() ?? visible()[0];
  if (!STAGE.has(key)) fill(card);
  const within = STAGE.has(key) ? document.getElementById("stage-place") : card;
  const target = within?.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  target.click();
  return true;
}

const moves = {
  j: () => step(1),
  k: () => step(-1),
  J: () => current() && move(current(), "down"),
  K: () => current() && move(current(), "up"),
  x: () => (current() ?? visible()[0])?.querySelector(".pick")?.click(),
  z: () => document.querySelector("#mine > :first-child [data-key=z]")?.click(),
  u: () => document.querySelector("[data-news]:not([hidden])")?.click(),
  f: () => document.getElementById("sieve").focus(),
  o: () => document.getElementById("reads").focus(),
  "/": () => document.getElementById("seek").focus(),
  "?": () => table.showModal(),
};

document.addEventListener("live:left", listenLater);
document.addEventListener("keydown", (event) => {
  if (pause) return listenLater();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key === "Enter" && event.target.matches("[data-card]") ? "m" : event.key;
  if (moves[key]) moves[key]();
  else if (event.repeat || !press(key)) return;
  event.preventDefault();
});

document.addEventListener("click", ({ target }) => target.closest?.("[data-shows=keys]") && table.showModal());
