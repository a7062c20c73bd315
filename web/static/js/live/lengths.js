// Whoever writes more than the server takes reads it while they write: a text is refused, never cut (data-most).

import { say } from "lib/words";
import { said } from "live/forms";

/** Characters as the server counts them: code points, composed, without blanks around. */
const length = (text) => [...text.normalize("NFC").trim()].length;

document.addEventListener("input", ({ target }) => {
  const most = Number(target.dataset?.most);
  if (!most || !target.form) return;
  const over = length(target.value) - most;
  if (over > 0) said(target.form, "over", say("over", { count: over }));
  else if (target.form.querySelector(".form__said")?.dataset.said === "over") said(target.form, "over", "");
});
