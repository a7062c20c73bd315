// The copy behind a growing box follows what is typed; doubts about the machine's words end with the first letter.

const typed = new Set(); // A patch takes our marks away with the rest of what it does not know.

export function follow(field) {
  const box = field.closest(".growing");
  const isTyped = field.value !== field.defaultValue;
  typed[isTyped ? "add" : "delete"](field);
  box.toggleAttribute("data-typed", isTyped);
  if (isTyped) box.querySelector(".growing__copy").textContent = `${field.value} `;
}

/** What is in the box is what the server has. */
export function settle(field, text = field.value) {
  field.value = field.defaultValue = text;
  field.closest(".growing").querySelector(".growing__copy").textContent = `${text} `;
  follow(field);
}

document.addEventListener("input", ({ target }) => target.closest?.(".growing") && follow(target));
document.addEventListener("live:patched", () => typed.forEach(follow));
