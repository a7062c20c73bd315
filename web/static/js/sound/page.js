// The capture page: one microphone, one source, and in words at every moment whether the sound is safe.
import "staff/script";
import { say } from "lib/words";
import { show as showLevel } from "sound/level";
import { devices, openMicrophone } from "sound/microphone";
import { SoundWire } from "sound/wire";

const main = document.getElementById("main");
const form = document.getElementById("capture");
const [start, stop] = ["start", "stop"].map((id) => document.getElementById(id));
const state = document.getElementById("state");
const language = document.documentElement.lang;

let wire = null;
let close = null;
let lock = null;

const clock = (samples) => `${Math.floor(samples / 960_000)}:${String(Math.floor(samples / 16_000) % 60).padStart(2, "0")}`;

function tell(kind, sentence) {
  state.dataset.kind = kind;
  state.textContent = sentence;
}

function busy(on) {
  for (const field of form.querySelectorAll("select")) field.disabled = on;
  start.hidden = on;
  stop.hidden = !on;
}

async function listDevices() {
  const select = form.elements.device;
  const chosen = select.value;
  const options = (await devices()).filter(({ deviceId, label }) => deviceId && label);
  select.replaceChildren(select.options[0], ...options.map(({ deviceId, label }) => new Option(label, deviceId)));
  select.value = options.some(({ deviceId }) => deviceId === chosen) ? chosen : "";
}

function address(source) {
  const url = new URL(`/d/${main.dataset.code}/sound/${source}`, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

function waits() {
  const { samples, dropped } = wire?.unheard ?? { samples: 0, dropped: 0 };
  const words = samples < 16_000 ? say("none") : say("seconds", { count: Math.round(samples / 16_000) });
  document.getElementById("unsent").textContent = dropped ? `${words}; ${say("dropped", { count: Math.round(dropped / 16_000) })}` : words;
}

function linked(kind) {
  if (kind === "open") tell("recording", say("recording"));
  else if (kind === "stopped") ended(say("stopped"));
  else if (kind === "gone") tell("failed", say("gone"));
  else if (kind === "waiting") tell("waiting", say("waiting"));
}

function connect(source) {
  wire = new SoundWire(address(source));
  wire.addEventListener("state", ({ detail }) => linked(detail));
  wire.addEventListener("refused", ({ detail }) => tell("waiting", detail[language] || say("waiting")));
  wire.addEventListener("have", ({ detail: { have, lag, state: recogniser } }) => {
    document.getElementById("have").textContent = clock(have);
    document.getElementById("heard").textContent = lag > 3 ? say("behind", { count: Math.round(lag) }) : say(`recogniser_${recogniser}`);
    waits();
  });
}

function ended(sentence) {
  wire = null;
  lock?.release();
  busy(false);
  showLevel(0);
  tell("idle", sentence);
}

async function awake() {
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null; // Refused on a low battery: no reason to stop.
}

async function begin() {
  busy(true);
  tell("opening", say("opening"));
  try {
    close = await openMicrophone(form.elements.device.value, main.dataset.worklet, heard, unplugged);
  } catch (problem) {
    busy(false);
    tell("failed", say({ NotAllowedError: "denied", NotFoundError: "absent", OverconstrainedError: "absent" }[problem.name] ?? "unopened"));
    return;
  }
  connect(form.elements.source.value);
  await Promise.all([awake(), listDevices()]);
}

function heard({ pcm, peak }) {
  showLevel(peak);
  wire?.add(pcm);
  waits();
}

async function finish() {
  await close?.();
  close = null;
  tell("waiting", say("finishing"));
  wire?.stop();
}

/** The device went away: what it gave is sent to the end, then the recording stops and says why. */
function unplugged() {
  finish();
  tell("failed", say("unplugged"));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  begin();
});
stop.addEventListener("click", finish);
addEventListener("beforeunload", (event) => wire && event.preventDefault());
document.addEventListener("visibilitychange", () => !document.hidden && wire && awake());

if (!window.isSecureContext || !navigator.mediaDevices) {
  document.getElementById("insecure").hidden = false;
  start.disabled = true;
} else {
  listDevices();
  navigator.mediaDevices.addEventListener("devicechange", listDevices);
}
