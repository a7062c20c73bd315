// Whoever writes more than the server takes reads it while they write: a text is refused, never cut (data-most).

import { say } from "lib/words";
import { said } from "live/forms";

/** Characters as the server counts them: code points, composed, without blanks around. */
const length = (text) => [...text.normalize("NFC").trim()].length;

/** The sentence below a field; none when there is nothing to say. */
function below(box, sentence) {
  const line = box.querySelector("[data-over]") ?? Object.assign(document.createElement("span"), { className: "field__error" });
  for (const name of ["data-over", "data-own"]) line.setAttribute(name, "");
  line.textContent = sentence;
  if (!sentence) line.remove();
  else if (!line.isConnected) box.append(line);
}

/** Where a field stands alone, as on the secretary's page, the line of its form says it. */
function beside(form, sentence) {
  if (sentence) said(form, "over", sentence);
  else if (form.querySelector(".form__said")?.dataset.said === "over") said(form, "over", "");
}

document.addEventListener("input", ({ target }) => {
  const most = Number(target.dataset?.most);
  if (!most || !target.form) return;
  const over = length(target.value) - most;
  const sentence = over > 0 ? say("over", { count: over }) : "";
  const box = target.closest(".field");
  if (box) below(box, sentence);
  else beside(target.form, sentence);
});

document.addEventListener("live:done", ({ target }) => target.querySelectorAll(".field").forEach((box) => below(box, "")));
