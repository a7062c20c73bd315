// Speaking from this phone: the way of a capture page (sound/wire), for whoever is invited and while they are.

import { keep } from "lib/keep";
import { lineTo } from "lib/line-to";
import { openKeeping } from "sound/keeping";
import { own, sendLeft } from "sound/left";
import { openMicrophone } from "sound/microphone";
import { mayRest, stayOn } from "sound/screen";
import { SoundWire } from "sound/wire";
import { level, microphone, speaking, tell, word, worklet } from "voice/desk";

const SOURCE = "remote_voice";
const SECOND = 16_000; // Samples.
const { code, as } = document.getElementById("live").dataset;
const place = as === "phone" ? code : `${code}-${as}`; // What was said in a rehearsal is sent by no other page.

let keeping = null;
let device = null; // The open microphone.
let isOpening = false; // The person, or the system, has not answered yet.
let wire = null; // Where its sound goes.
let left = []; // Wires of what was spoken before and is not on the server yet.
let early = []; // What was heard before there was a wire.
let spoke = false; // Something was said on this page.
let ended = ""; // Why it is no more.
let state = microphone();

function address() {
  const url = lineTo(`/d/${code}/sound/${SOURCE}`);
  if (as !== "phone") url.searchParams.set("as", as);
  return url.href;
}

const seconds = (some) => Math.round(some.reduce((sum, { unheard }) => sum + unheard.samples, 0) / SECOND);

function heard({ pcm, peak }) {
  level(peak);
  if (wire) wire.add(pcm);
  else early.push({ pcm, peak });
}

/** Open the microphone, by a press; false, and told why, when that cannot be. */
async function opened() {
  if (device || isOpening) return !isOpening;
  if (!window.isSecureContext || !navigator.mediaDevices) return tell("failed", word("insecure"));
  tell("waiting", word("opening"));
  early = [];
  isOpening = true;
  try {
    const muted = (on) => on && tell("waiting", word("muted"));
    device = await openMicrophone("", worklet(), { heard, muted, ended: () => stop("unplugged") });
    return true;
  } catch (problem) {
    tell("failed", word({ NotAllowedError: "denied", NotFoundError: "absent" }[problem.name] ?? "unopened"));
    return false;
  } finally {
    isOpening = false;
  }
}

async function silence() {
  const open = device;
  device = null;
  await open?.close();
  mayRest();
}

function linked(kind, mine) {
  if (kind === "stopped") left = left.filter((one) => one !== mine);
  if (mine !== wire) return about();
  if (kind === "waiting") tell("waiting", word("waiting"));
  else if (kind === "taken") stop("taken");
  else if (kind === "gone") stop("closed");
}

/** The server has it on disk, and says whether a screen plays it. */
function arrived({ hall }) {
  if (wire?.state === "open") tell(hall ? "open" : "waiting", word(hall ? "heard" : "unheard"));
}

async function speak() {
  if (wire || !(await opened())) return;
  if (microphone() !== "agreed") return silence(); // Closed while it was being opened.
  for (const one of left) one.reopen();
  const line = { id: crypto.randomUUID(), code: place, source: SOURCE, base: null, began: Date.now(), role: "citizen", owner: "" };
  await own(line.id);
  if (as !== "phone") keep(`voice:${place}`, "1"); // For phone/rehearsing: there is sound to forget.
  const mine = new SoundWire(address(), { line, keeping, after: left.at(-1)?.over() });
  mine.addEventListener("state", ({ detail }) => linked(detail, mine));
  mine.addEventListener("refused", ({ detail }) => mine === wire && stop("closed", refusal(detail)));
  mine.addEventListener("have", ({ detail }) => mine === wire && arrived(detail));
  wire = mine;
  spoke = true;
  ended = "";
  early.splice(0).forEach(heard);
  speaking(true);
  await stayOn();
}

/** No more is heard here; what was is sent to its end, now or when the microphone is opened again. */
async function stop(why, sentence) {
  const ending = wire;
  wire = null;
  if (ending) {
    left.push(ending);
    ending.stop();
  }
  speaking(false);
  await silence();
  ended = sentence || word(why);
  tellEnd();
}

function tellEnd() {
  tell("idle", ended);
  about();
}

/** That the microphone was closed comes by two roads, here and with the page: it is said alike, whichever is quicker. */
const refusal = (detail) => (detail.code === "microphone_closed" ? "" : detail[document.documentElement.lang]);

/** Of what is not on the server yet, once nobody speaks; behind why that is so. */
function about() {
  const count = seconds(left);
  if (!wire && count) tell("waiting", `${ended} ${word("kept", { count })}`.trim());
  else if (!wire && spoke && !left.length) tell("idle", word("all"));
}

/** The invitation changed: whoever leads has closed it, or opened it again. */
function changed() {
  const before = state;
  state = microphone();
  if (state === before) return;
  if (state === "agreed" && device) speak();
  else if (state === "agreed") left.forEach((one) => one.reopen());
  else if (wire || device) stop(state === "declined" ? "ended" : "closed");
  else if (!state && ended) tellEnd(); // It was told in the card, which is gone.
}

document.addEventListener("live:patched", changed);
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!form.matches("[data-agrees]") || device) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // First the microphone: who agreed and is then denied it would be waited for.
    if (!(await opened())) return;
    if (form.isConnected) form.requestSubmit();
    else await silence(); // The invitation has gone meanwhile.
  },
  true,
);
document.addEventListener("click", ({ target }) => {
  if (target.closest("#my-microphone [data-speak]")) speak();
  if (target.closest("#my-microphone [data-stop]")) stop("ended");
});
addEventListener("beforeunload", (event) => wire && event.preventDefault());
document.addEventListener("visibilitychange", () => !document.hidden && wire && stayOn());

speaking(false);
(async () => {
  keeping = await openKeeping();
  const found = await sendLeft(keeping, place, address, about);
  left = [...left, ...(found.get(SOURCE) ?? [])];
})();
