// A receipt that was opened from the phone's own copy says so, and is the true page as soon as the server answers.

import { onWake } from "lib/awake";
import { pause } from "lib/backoff";
import { moment } from "lib/moment";
import { drawn } from "shell/drawn";
import { begin, forget, keep, versionOf } from "shell/keeping";

const html = document.documentElement;
const { kept, why } = html.dataset;
let last = kept ? null : { page: drawn, at: Date.now() }; // What the server said last, while this page is open.
let tries = 0;
let timer = 0;

/** What can be done only with a network steps back: a plain form that finds none loses its text. */
function tell() {
  const banner = document.getElementById("kept");
  banner.textContent = `${banner.dataset[why].replace("{time}", moment(Number(kept)))} ${banner.dataset.then}`;
  banner.hidden = false;
  for (const form of document.querySelectorAll("main form")) (form.closest("details, section") ?? form).hidden = true;
}

async function look() {
  clearTimeout(timer);
  if (!html.dataset.kept || document.hidden) return;
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok) await renew(await answer.text());
  else if (answer?.status === 404) location.reload(); // It is no more: the worker shows that, and forgets this copy.
  else timer = setTimeout(look, pause(tries++));
}

async function renew(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (!fresh.querySelector("main.receipt")) return; // A network's own sign-in page, say.
  document.body.replaceWith(document.importNode(fresh.body, true));
  delete html.dataset.kept;
  if (!versionOf(fresh)) await forget();
  if (versionOf(fresh) !== versionOf(drawn)) return;
  last = { page: fresh, at: Date.now() };
  keep(() => last);
}

if (kept) {
  tell();
  onWake(look);
  look();
}
begin(() => last);
