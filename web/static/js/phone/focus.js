// On the phone a card that comes in another list takes the focus along; what is gone for good leaves it to what stands
// nearest (live/focus).

let id = ""; // Of the card that has the focus.
let [kind, nth] = ["", 0]; // Which of its parts has it.
let byKeyboard = false;

document.addEventListener("live:patches", () => {
  const at = document.activeElement;
  const card = at.closest("li[id]");
  id = card?.id ?? "";
  if (!card) return;
  kind = at.localName;
  nth = [...card.querySelectorAll(kind)].indexOf(at);
  byKeyboard = at.matches(":focus-visible");
});

document.addEventListener("live:patched", () => {
  if (!id || document.activeElement !== document.body) return;
  const again = document.getElementById(id)?.querySelectorAll(kind)[nth];
  again?.focus({ preventScroll: !byKeyboard }); // Under a thumb nothing moves.
});
