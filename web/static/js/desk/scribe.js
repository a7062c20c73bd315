// Scribe mode: the line is sent and the box is free at once, whatever the network does; the outbox keeps it.

import { say } from "lib/words";
import { send } from "live/outbox";

const form = document.getElementById("scribe");
const text = form.elements.text;
const line = form.querySelector(".form__said");
const sent = new Set();

function tell(kind, sentence) {
  line.dataset.said = kind;
  line.textContent = sentence;
}

// Before live/forms, which would lock the box until the answer: a scribe never waits.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!text.value.trim()) return;
  const { role, speaker } = form.elements;
  sent.add(send("write_line", { text: text.value, role: role.value, speaker: speaker.value, question: "" }, true).op);
  text.value = "";
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
    tell("busy", message.say ?? say("kept"));
    return;
  }
  sent.delete(item.op);
  if (kind === "ok") tell("ok", "");
  else {
    tell("refused", message.say ?? say("lost"));
    text.value = [item.fields.text, text.value].filter(Boolean).join("\n");
  }
});
