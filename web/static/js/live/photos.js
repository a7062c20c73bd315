// Photos: made small on the phone, kept on it until the server has them, and sent after the question they belong to, so
// that no question waits for its photo. A photo that is kept has the op of its question until the number is known.

import { alone } from "lib/alone";
import { pause } from "lib/backoff";
import { forget, keep, kept } from "lib/keep";
import { all } from "live/box";
import { audience, code, drawer } from "live/place";

const SIDE = 1600; // Pixels, as the server keeps it.
const QUALITY = 0.8;
const PATIENCE = 60_000; // For one try: 300 KB over a line of 40 kbit/s.
const AGAIN = 3_000;
const LONGEST = 3 * 24 * 3_600_000; // A photo whose question was answered nowhere is forgotten after this.

const prefix = `photo:${drawer}:`;
const here = new Map(); // op -> what is kept; outlives a storage that is full or forbidden

const tell = (op, state, say) => document.dispatchEvent(new CustomEvent("live:photo", { detail: { op, state, say } }));

const loaded = (target, begin) =>
  new Promise((resolve, reject) => {
    target.onload = resolve;
    target.onerror = reject;
    begin();
  });

/** The file as a small JPEG in a data: address, upright. Rejects when this browser cannot read it as a picture. */
export async function small(file) {
  const reader = new FileReader();
  await loaded(reader, () => reader.readAsDataURL(file));
  const image = new Image();
  await loaded(image, () => { image.src = reader.result; });
  const share = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * share));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * share));
  const drawing = canvas.getContext("2d");
  drawing.fillStyle = "#ffffff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
}

/** Keep a photo for the question that was sent as `op`; with its number it goes at once. */
export function hold(op, data, number = 0) {
  const item = { data, number, made: Date.now() };
  here.set(op, item);
  keep(prefix + op, JSON.stringify(item));
  if (number) sendAll();
}

function letGo(op) {
  here.delete(op);
  forget(prefix + op);
}

function remembered() {
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
      const op = name.slice(prefix.length);
      if (!here.has(op)) here.set(op, JSON.parse(kept(name)));
    }
  } catch { /* Storage is forbidden: what is kept is in this page. */ }
}

function file({ data }) {
  const bytes = Uint8Array.from(atob(data.split(",")[1]), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}

/** The server's answer; null when it must be tried again. */
async function post(item) {
  const body = new FormData();
  body.append("photo", file(item), "photo.jpg");
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const headers = { Accept: "application/json" };
    const sent = { method: "POST", body, headers, redirect: "manual", signal: stop.signal };
    const answer = await fetch(`/d/${code}/photo/${item.number}?as=${audience}`, sent);
    const message = (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? await answer.json() : null;
    if (answer.status === 404 && answer.headers.has("X-Request-Id")) return { code: "not_found", say: "" };
    return message && message.busy === undefined ? message : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function send(op, item) {
  tell(op, "sending");
  for (let misses = 0; here.has(op); misses++) {
    const answer = await post(item);
    if (answer) {
      letGo(op);
      tell(op, answer.ok === undefined ? "refused" : "sent", answer.say);
      return;
    }
    tell(op, "late");
    await new Promise((resolve) => setTimeout(resolve, AGAIN + pause(misses)));
  }
}

let sending = false;

async function sendAll() {
  if (sending) return;
  sending = true;
  const ready = () => [...here].filter(([, item]) => item.number);
  try {
    for (let items = ready(); items.length; items = ready()) {
      const work = async () => { for (const [op, item] of items) await send(op, item); };
      if (!(await alone(`photos:${drawer}`, work))) return;
    }
  } finally {
    sending = false;
  }
}

document.addEventListener("live:answer", ({ detail: { kind, item: { op }, message } }) => {
  if (!here.has(op)) return;
  if (kind === "ok" && message.receipt) hold(op, here.get(op).data, message.receipt.number);
  if (kind === "refused" || kind === "lost") letGo(op);
});

remembered();
for (const [op, { number, made }] of here) {
  if (!number && Date.now() - made > LONGEST && !all().some((item) => item.op === op)) letGo(op);
}
sendAll();
