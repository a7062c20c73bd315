// A file of sound or film to the server, in pieces: after a cut it goes on where the server is.

import { pause } from "lib/backoff";
import { say } from "lib/words";
import { keepFocus } from "sound/focus";

const PIECE = 512 * 1024;
const LOOK = 1_000; // Milliseconds between two looks at how far the server has read.
const OVER = new Set(["done", "failed", "cancelled"]);

const code = document.getElementById("main").dataset.code;
const language = document.documentElement.lang;
const form = document.getElementById("give");
const [start, cancel, progress, state] = ["start", "cancel", "progress", "state"].map((name) => document.getElementById(`give-${name}`));

let given = null; // What the server last said of the file on its way.

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

function sentence(file) {
  const done = Math.round(file.seconds);
  if (file[language]) return file[language];
  if (file.stage === "receiving") return say("file_sending", { done: megabytes(file.have), all: megabytes(file.size) });
  if (file.stage === "reading") return say(file.of ? "file_reading_of" : "file_reading", { done, all: Math.round(file.of) });
  return say(`file_${file.stage}`, { done });
}

function show(file) {
  const on = !OVER.has(file.stage);
  state.textContent = sentence(file);
  progress.hidden = !on;
  if (file.stage === "receiving") progress.value = file.have / file.size;
  else if (file.of) progress.value = Math.min(1, file.seconds / file.of);
  else progress.removeAttribute("value");
  const change = () => {
    start.disabled = on;
    cancel.hidden = !on;
    for (const field of form.querySelectorAll("select, input")) field.disabled = on;
  };
  keepFocus(form, change, on ? cancel : start);
}

/** Ask until an answer comes; a piece that does not join (409) is an answer too. */
async function ask(method, path, body) {
  for (let failures = 0; ; failures++) {
    const answer = await fetch(`/d/${code}/${path}`, { method, body }).catch(() => null);
    if (answer && (answer.ok || answer.status === 409)) return answer.json();
    if (answer && answer.status < 500) return { stage: "refused", seconds: 0 };
    state.textContent = say("file_waiting");
    await new Promise((resolve) => setTimeout(resolve, 500 + pause(failures)));
  }
}

const begin = (source, { name, size, lastModified }) =>
  ask("POST", `sound/${source}/file`, JSON.stringify({ name: name.slice(-200), size, modified: lastModified }));

async function give(source, file) {
  given = await begin(source, file);
  while (given.stage === "receiving" && given.have < given.size) {
    show(given);
    const at = given.have;
    given = await ask("PUT", `file/${given.id}?at=${at}`, file.slice(at, at + PIECE));
  }
  while (given.stage === "receiving" || given.stage === "reading") {
    show(given);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    // Still waiting for the source to be free: asked to begin again.
    given = given.stage === "receiving" ? await begin(source, file) : await ask("GET", `file/${given.id}`);
  }
  show(given);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [file] = form.elements.file.files;
  if (file) give(form.elements.source.value, file);
});
cancel.addEventListener("click", async () => {
  if (given?.id) show(await ask("DELETE", `file/${given.id}`));
});
