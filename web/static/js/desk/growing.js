// The copy behind a growing box follows what is typed; doubts about the machine's words end with the first letter.

export function follow(field) {
  const box = field.closest(".growing");
  const typed = field.value !== field.defaultValue;
  box.toggleAttribute("data-typed", typed);
  if (typed) box.querySelector(".growing__copy").textContent = `${field.value} `;
}

/** Back to what the server last said. */
export function restore(field) {
  field.value = field.defaultValue;
  const box = field.closest(".growing");
  box.removeAttribute("data-typed");
  box.querySelector(".growing__copy").textContent = `${field.value} `;
}

document.addEventListener("input", ({ target }) => target.closest?.(".growing") && follow(target));
document.addEventListener("live:patched", () => {
  for (const field of document.querySelectorAll(".growing[data-typed] > textarea")) follow(field);
});
