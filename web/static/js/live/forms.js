// Forms marked data-do go through the outbox: the page stays, the answer appears beside the form, the text stays until
// it has arrived. Without this script the same forms post and come back as pages.

import { say } from "lib/words";
import { safety } from "live/box";
import { drop, restore } from "live/drafts";
import { goesOn, isSeen, leftBy, settled, takesBack } from "live/onward";
import { send } from "live/outbox";
import { catchUp } from "live/patch";

const NOT_FIELDS = new Set(["as", "back", "op", "csrf"]);
const UNDER_A_BLINK = 300; // Milliseconds: what is answered sooner needs no "sending".

const sent = new Map(); // op -> the form it came from

function read(form, submitter) {
  const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => !NOT_FIELDS.has(name)));
  if (submitter?.name) fields[submitter.name] = submitter.value;
  return fields;
}

function command(form, submitter) {
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  return action.split("/").pop();
}

const isTyped = (form) => [...form.elements].some((field) => field.tagName === "TEXTAREA" || field.type === "text");

/** The line beside the form that says what became of it. */
export function said(form, kind, sentence, link) {
  let line = form.querySelector(".form__said");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "form__said" });
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.toggleAttribute("data-own", Boolean(sentence));
  line.dataset.said = kind;
  line.textContent = sentence;
  if (link) line.append(" ", Object.assign(document.createElement("a"), link));
}

function lock(form, on) {
  form.toggleAttribute("data-own", on); // A patch must not touch it while its answer is on the way.
  form.setAttribute("aria-busy", on);
  for (const field of form.elements) {
    if (field.type === "submit") field.setAttribute("aria-disabled", on);
    else if ("readOnly" in field) field.readOnly = on;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-do]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  const item = send(command(form, event.submitter), read(form, event.submitter), isTyped(form));
  sent.set(item.op, form);
  if (safety() === "kept") drop(form);
  form.dispatchEvent(new CustomEvent("live:sent", { detail: item }));
  lock(form, true);
  setTimeout(() => sent.has(item.op) && !form.querySelector(".form__said")?.textContent && said(form, "pending", say("sending")), UNDER_A_BLINK);
});

/** It is in the record, with the receipt where there is one. */
function thanked(form, { receipt }) {
  if (receipt) said(form, "ok", say("received", receipt), { href: receipt.url, textContent: say("follow") });
  else said(form, "ok", form.dataset.done ?? "");
}

function finished(form, message) {
  drop(form);
  if (form.hasAttribute("data-reset")) form.reset();
  thanked(form, message);
  form.dispatchEvent(new CustomEvent("live:done", { bubbles: true, detail: message }));
  form.closest("dialog")?.close();
}

/** Not yet: what is wrong, where the words are meanwhile, and whether the next may be written. */
function pending(form, kind, message, isFree) {
  const isPress = !isTyped(form);
  const wrong = message.say ?? say(kind === "busy" ? "busy" : isPress ? "trying" : "late");
  const sentences = isPress ? [wrong] : [wrong, say(safety()), ...(isFree ? [say("next")] : [])];
  said(form, "busy", sentences.join(" "));
}

document.addEventListener("live:answer", (event) => {
  const { kind, item, message } = event.detail;
  const form = sent.get(item.op);
  if (!form) {
    afterwards(event, leftBy(item.op));
    return;
  }
  if (kind === "busy" || kind === "late") {
    event.preventDefault(); // It is seen here.
    const isFree = goesOn(form, item);
    if (isFree) release(form, item);
    pending(form, kind, message, isFree);
    return;
  }
  release(form, item);
  if (kind === "refused" && isTyped(form) && !isSeen(form)) {
    if (form.hasAttribute("data-reset")) form.reset();
    drop(form);
    return; // Nobody would read it here: the list of what is not in the record has the words and the reason.
  }
  event.preventDefault();
  if (kind === "ok") {
    finished(form, message);
    catchUp(form);
  } else {
    restore(form);
    said(form, "refused", kind === "lost" ? say("lost") : message.say);
    if (!isTyped(form)) catchUp(form, form.querySelector(".form__said")); // A button of what has passed can only be refused.
  }
});

function release(form, item) {
  sent.delete(item.op);
  lock(form, false);
}

/** The answer to what a form has sent before it went on. What is being written there now is not touched. */
function afterwards(event, form) {
  const { kind, item, message } = event.detail;
  if (!form) return;
  if (kind !== "busy" && kind !== "late") settled(item.op);
  if (kind === "refused" && !takesBack(form, item)) return; // As above.
  event.preventDefault();
  if (kind === "refused") said(form, "refused", message.say);
  else if (kind === "ok" && form.getAttribute("aria-busy") !== "true") thanked(form, message);
}

/** A changed choice is typed text too (live/patch). */
document.addEventListener("change", ({ target }) => target.tagName === "SELECT" && target.setAttribute("data-touched", ""));
document.addEventListener("reset", ({ target }) => {
  for (const field of target.querySelectorAll("[data-touched]")) field.removeAttribute("data-touched");
});
