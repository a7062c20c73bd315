// The capture page: one microphone, one source, and in words at every moment whether the sound is safe.
import "sound/file";
import "sound/room";
import { say } from "lib/words";
import { address, chosenDevice, chosenSource, fix, offerDevices } from "sound/choice";
import { have, inWords, left as tellLeft, tell, unsent } from "sound/facts";
import { keepFocus } from "sound/focus";
import { openKeeping } from "sound/keeping";
import { own, sendLeft } from "sound/left";
import { mute, reset, show as showLevel } from "sound/level";
import { openMicrophone } from "sound/microphone";
import { owned } from "sound/owner";
import { mayRest, stayOn } from "sound/screen";
import { Trial } from "sound/trial";
import { SoundWire } from "sound/wire";

const main = document.getElementById("main");
const [start, stop, trial, played, take, swapped] = ["start", "stop", "trial", "played", "take", "swapped"].map((id) => document.getElementById(id));
const form = document.getElementById("capture");
const { code } = main.dataset;

let keeping = null;
let left = new Map();
let wire = null;
let microphone = null;
let gave = false; // The open microphone has given sound.
let again = false; // The microphone went away: go on with the next one that appears.

let begun = start; // The button that was pressed: the focus comes back to it.

function busy(on) {
  if (on) begun = document.activeElement === trial ? trial : start;
  const change = () => {
    fix(on);
    trial.disabled = on;
    start.hidden = on;
    stop.hidden = !on;
  };
  keepFocus(form, change, on ? stop : begun);
}

function linked(kind) {
  take.hidden = kind !== "held";
  if (kind === "open") tell("recording", say("recording"));
  else if (kind === "stopped") ended(say("stopped"));
  else if (kind === "taken") taken();
  else if (kind === "gone") tell("failed", say("gone"));
  else if (kind === "waiting") tell("waiting", say("waiting"));
}

async function connect(source) {
  const line = { id: crypto.randomUUID(), code, source, base: null, began: Date.now(), ...owned() };
  await own(line.id);
  const mine = new SoundWire(address(source), { line, keeping, after: left.get(source)?.at(-1)?.over() });
  const on = (event, work) => mine.addEventListener(event, ({ detail }) => mine === wire && work(detail));
  on("state", linked);
  on("refused", (refusal) => tell("waiting", inWords(refusal)));
  on("have", (answer) => {
    have(answer);
    unsent(mine);
  });
  wire = mine;
  tell("waiting", say("waiting"));
}

function ended(sentence) {
  unsent(null);
  wire = null;
  mayRest();
  busy(false);
  reset();
  tell(again ? "failed" : "idle", sentence);
}

/** Another computer records this source now. What is not sent yet waits on its wire, behind what that one records. */
async function taken() {
  await silence();
  if (wire.unheard.samples) left.set(chosenSource(), [wire]);
  ended(say(wire.unheard.samples ? "taken_left" : "taken"));
}

/** Open the chosen microphone; false, and told why, when that cannot be. */
async function opened(heard) {
  busy(true);
  gave = false;
  swapped.hidden = true;
  tell("opening", say("opening"));
  try {
    microphone = await openMicrophone(chosenDevice(), main.dataset.worklet, { heard, muted: mute, ended: unplugged });
    return true;
  } catch (problem) {
    busy(false);
    tell("failed", say({ NotAllowedError: "denied", NotFoundError: "absent", OverconstrainedError: "absent" }[problem.name] ?? "unopened"));
    return false;
  }
}

/** Record; false, and told why, when the microphone cannot be opened. */
async function begin() {
  again = false;
  const early = [];
  if (!(await opened((block) => (wire ? heard(block) : early.push(block))))) return false;
  await connect(chosenSource());
  early.forEach(heard);
  await Promise.all([stayOn(), offerDevices()]);
  return true;
}

function heard({ pcm, peak }) {
  gave = true;
  showLevel(peak);
  wire?.add(pcm);
  unsent(wire);
}

async function tryOut() {
  const collected = new Trial(async (wav) => {
    await silence();
    ended(say("tried"));
    URL.revokeObjectURL(played.src);
    played.src = URL.createObjectURL(wav);
    played.hidden = false;
    await offerDevices();
  });
  if (await opened(({ pcm, peak }) => (showLevel(peak), collected.add(pcm)))) tell("opening", say("trying"));
}

async function silence() {
  await microphone?.close();
  microphone = null;
}

async function finish() {
  await silence();
  if (!wire) return ended(say("tried"));
  tell("waiting", say("finishing"));
  wire.stop();
}

/** The device went away: what it gave is sent to the end, and another one goes on at once, or as soon as there is one. */
async function unplugged() {
  await silence();
  if (!wire) return ended(say("absent"));
  setAside(chosenSource());
  if (gave && (await begin())) {
    swapped.textContent = say("swapped", { name: microphone?.name ?? "" });
    swapped.hidden = false;
    return;
  }
  again = true;
  ended(say("unplugged"));
}

/** The line ends here, and is sent before what comes after it, however long the network is away. */
function setAside(source) {
  const told = () => tellLeft([...left.values()].flat());
  for (const event of ["state", "have"]) wire.addEventListener(event, told);
  left.set(source, [...(left.get(source) ?? []), wire]);
  wire.stop();
  wire = null;
}

async function plugged() {
  const any = await offerDevices();
  if (again && !wire && any) again = !(await begin());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  begin();
});
stop.addEventListener("click", finish);
trial.addEventListener("click", tryOut);
take.addEventListener("click", () => wire?.takeOver());
addEventListener("beforeunload", (event) => wire && event.preventDefault());
document.addEventListener("visibilitychange", () => !document.hidden && wire && stayOn());

if (!window.isSecureContext || !navigator.mediaDevices) {
  document.getElementById("insecure").hidden = false;
  start.disabled = trial.disabled = true;
} else {
  keeping = await openKeeping();
  left = await sendLeft(keeping, code, address, () => tellLeft([...left.values()].flat()));
  await offerDevices();
  navigator.mediaDevices.addEventListener("devicechange", plugged);
}
