// Whom work is given to: the field says so when nobody of that agency has an account here, for then it reaches no page.

const list = document.getElementById("agencies");

/** As the server compares names (live/texts same_name). */
const plain = (name) => name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();

const known = new Set([...list.querySelectorAll("[data-account]")].map((option) => plain(option.value)));

let pressing = false;
let later = null;

/** The press that ends the typing is on a button below: it must not move away before the finger is up again. */
document.addEventListener("mousedown", () => (pressing = true), true);
document.addEventListener(
  "mouseup",
  () => {
    pressing = false;
    setTimeout(() => {
      if (later) tell(later);
      later = null;
    });
  },
  true,
);

document.addEventListener("change", ({ target }) => {
  if (target.getAttribute?.("list") !== "agencies") return;
  if (pressing) later = target;
  else tell(target);
});

function tell(target) {
  const label = target.closest("label");
  label.querySelector("[data-nobody]")?.remove();
  if (!plain(target.value) || known.has(plain(target.value))) return;
  const hint = Object.assign(document.createElement("span"), { className: "field__hint", textContent: list.dataset.nobody });
  hint.setAttribute("role", "status");
  hint.dataset.nobody = "";
  hint.dataset.own = ""; // A patch leaves it there (live/patch).
  label.append(hint);
}
