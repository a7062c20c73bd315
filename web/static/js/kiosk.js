// The machine in the hall: a pad for those who touch, a scanner that types like a keyboard, and a page that forgets.

const page = document.getElementById("main");
const field = document.getElementById("look");
const left = document.querySelector("[data-left]");
const patience = Number(page.dataset.forgets);

let since = performance.now();

function clear() {
  if (location.search) location.replace(location.pathname); // What was looked up, and the language it was read in.
  field.value = "";
  since = performance.now();
}

function tick() {
  const seconds = Math.max(0, Math.ceil(patience - (performance.now() - since) / 1_000));
  if (left) left.textContent = seconds;
  if (seconds === 0 && (location.search || field.value)) clear();
}

for (const button of document.querySelectorAll("[data-types]")) {
  button.addEventListener("click", () => {
    field.value += button.dataset.types;
  });
}
document.querySelector("[data-erases]").addEventListener("click", () => {
  field.value = field.value.slice(0, -1);
});
for (const touch of ["pointerdown", "keydown", "input"]) {
  addEventListener(touch, () => {
    since = performance.now();
  });
}
// A scanner types wherever the focus is: it is brought to the field by its first letter.
addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey, target }) => {
  if (key.length === 1 && key !== " " && !ctrlKey && !altKey && !metaKey && target !== field) field.focus();
});
addEventListener("pageshow", ({ persisted }) => persisted && clear()); // "Back" must not bring somebody else's number.
setInterval(tick, 1_000);
