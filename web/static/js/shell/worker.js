// The worker of citizens' pages. `shell` is put before it by the server (server/pages/shell.py): of which version it is, and what
// every copy says to the browser. It answers for phone pages and receipts and for the files they name; all else passes by it.

const PATIENCE = 4_000; // For the network, where there is a copy. Then the copy, whose own line goes on trying.
const LONGEST = 7 * 24 * 3_600_000; // How old a copy may become, in milliseconds ...
const MOST = 12; // ... and how many pages one phone keeps.
const PAGE = /^\/(?:d|r)\/[^/]+$/;

const own = `shell-${shell.version}`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(replaceOthers()));

addEventListener("fetch", (event) => {
  const { method, mode, referrer, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(event, pathname));
  else if (pathname.startsWith("/static/") && referrer && PAGE.test(new URL(referrer).pathname)) event.respondWith(file(event.request));
});

/** One version at a time: files and pages of another go whole. */
async function replaceOthers() {
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== own) await caches.delete(name);
}

async function file(request) {
  return (await caches.match(request.url, { ignoreVary: true }).catch(() => null)) ?? fetch(request);
}

async function page(event, path) {
  const network = fetch(event.request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  event.waitUntil(network.then((answer) => isGone(answer) && remove(path), () => {}).then(sweep).catch(() => {}));
  const copy = await kept(path).catch(() => null); // A storage that fails takes no page away.
  if (!copy) return network;
  let why = "unreached";
  const answer = await Promise.race([network.catch(() => ((why = "offline"), null)), late]);
  return answer && answer.status < 500 ? answer : drawn(copy, why);
}

const isGone = ({ status }) => status === 404 || status === 410;
const isOld = (at) => Date.now() - at > LONGEST;
const keptAt = (copy) => Number(copy.headers.get("X-Kept-At"));

async function kept(path) {
  const copy = await caches.match(path);
  return copy && !isOld(keptAt(copy)) ? copy : null;
}

/** The copy, which says of when it is and why it is shown. */
async function drawn(copy, why) {
  const html = (await copy.text()).replace("<html", `<html data-kept="${keptAt(copy)}" data-why="${why}"`);
  return new Response(html, { headers: { ...shell.headers, "Content-Type": "text/html; charset=utf-8" } });
}

async function remove(path) {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(path);
}

/** What is too old, and the oldest where there are too many. */
async function sweep() {
  if (!(await caches.has(own))) return;
  const cache = await caches.open(own);
  const found = [];
  for (const request of await cache.keys()) {
    const at = keptAt(await cache.match(request));
    if (at) found.push({ request, at });
  }
  found.sort((one, other) => other.at - one.at);
  for (const [place, { request, at }] of found.entries()) if (place >= MOST || isOld(at)) await cache.delete(request);
}
