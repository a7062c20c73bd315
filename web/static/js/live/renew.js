// A page that is older than the server is loaded anew: once, at a calm moment, and never under somebody's hands.
// Drafts and what waits to be sent lie in the phone's storage and are there again afterwards.

const RARELY = 600_000; // Milliseconds between two; where a rolling restart mixes versions, pages do not go back and forth.
const SPREAD = 30_000; // A hall of phones fetches its new pages one after another.
const LOOK = 5_000;

let wanted = false;

/** Load this page anew soon. The last time is kept with the page's place in history, which no browser forbids. */
export function renew() {
  if (wanted || Date.now() - (history.state?.renewed ?? 0) < RARELY) return;
  wanted = true;
  setTimeout(when, Math.random() * SPREAD);
}

function when() {
  if (!isCalm()) {
    setTimeout(when, LOOK);
    return;
  }
  history.replaceState({ ...history.state, renewed: Date.now() }, "");
  location.reload();
}

/** Nobody types, nothing typed would be lost, no answer is on its way, nothing is opened over the page. */
function isCalm() {
  const fields = [...document.querySelectorAll("textarea, input:not([type=hidden])")];
  return (
    !fields.some((field) => field === document.activeElement || isTyped(field)) &&
    !document.querySelector('form[aria-busy="true"], dialog[open]')
  );
}

const isTyped = (field) => !field.dataset.draft && field.type !== "checkbox" && field.value !== field.defaultValue;
