// Scribe mode: the line is sent and the box is free at once, whatever the network does; the outbox keeps it.

import { say } from "lib/words";
import { safety } from "live/box";
import { drop, write } from "live/drafts";
import { said } from "live/forms";
import { send } from "live/outbox";

const form = document.getElementById("scribe");
const text = form.elements.text;
const line = form.querySelector(".form__said");
const sent = new Set();

/** What is wrong with the words in the box stays said, whatever is answered meanwhile about a line before. */
const isOfTheBox = () => ["over", "refused"].includes(line.dataset.said);

// Before live/forms, which would lock the box until the answer: a scribe never waits.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!text.value.trim()) return;
  const { role, speaker } = form.elements;
  sent.add(send("write_line", { text: text.value, role: role.value, speaker: speaker.value, question: "" }, true).op);
  if (safety() === "kept") drop(form);
  text.value = "";
  said(form, "", "");
}, true);

text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.altKey && event.key === "ArrowUp") {
    event.preventDefault();
    document.querySelector("#lines > :last-child textarea")?.focus();
  } else if (event.altKey && "1234".includes(event.key)) {
    event.preventDefault();
    form.elements.role.value = ["chair", "agency", "citizen", "host"][Number(event.key) - 1];
  }
});

document.addEventListener("live:answer", (event) => {
  const { kind, item, message } = event.detail;
  if (!sent.has(item.op)) return;
  event.preventDefault(); // It is seen here.
  if (kind === "busy" || kind === "late") {
    if (!isOfTheBox()) said(form, "busy", message.say ?? say(safety()));
    return;
  }
  sent.delete(item.op);
  if (kind === "ok") {
    if (!text.value) drop(form);
    if (!sent.size && !isOfTheBox()) said(form, "ok", "");
  } else {
    write(text, [item.fields.text, text.value].filter(Boolean).join("\n"));
    said(form, "refused", message.say ?? say("lost"));
  }
});
