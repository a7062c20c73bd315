// What this phone was shown is kept on it, so that it opens again without a network (shell/worker). Everything here waits until the
// page is there and stands idle: the first view of a weak phone pays nothing for it.

import { drawn } from "shell/drawn";

const LATEST = 10_000; // A page that is never idle for a moment begins all the same.

/** Of which version a page is, as the server says to pages that may be kept; undefined for all others. */
export const versionOf = (page) => page?.querySelector('meta[name="shell"]')?.content;

const name = `shell-${versionOf(drawn)}`;

/** Whether what is written here is kept: the worker is there, and has the sheets and scripts of this page. */
let ready = false;

const idle = () =>
  new Promise((resolve) => {
    const wait = () => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, { timeout: LATEST }) : setTimeout(resolve, 2_000));
    if (document.readyState === "complete") wait();
    else addEventListener("load", wait, { once: true });
  });

/** The files that the page names; the browser has them already, under names that never mean anything else. */
async function keepFiles() {
  const cache = await caches.open(name);
  const named = [...drawn.querySelectorAll("[src], [href]")].map((one) => one.getAttribute("src") ?? one.getAttribute("href"));
  for (const file of named.filter((address) => address.startsWith("/static/"))) {
    if (!(await cache.match(file))) await cache.add(file);
  }
}

/** What this address showed before is not to be seen again: the page says no more that it may be kept. */
export async function forget() {
  for (const one of await caches.keys()) await (await caches.open(one)).delete(location.pathname);
}

/** Have the worker, then keep what `composed` gives. Where there is no place for it, the page is as it always was. */
export async function begin(composed) {
  if (!isSecureContext) return;
  await idle();
  try {
    if (!drawn) return await forget();
    await navigator.serviceWorker.register("/shell.js", { scope: location.pathname.replace(/[^/]*$/, "") });
    await navigator.serviceWorker.ready;
    await keepFiles();
    ready = true;
  } catch { /* Storage is forbidden or full, the browser is too old, the network went: nothing is kept this time. */ }
  return keep(composed);
}

/** Keep what `composed` gives: a `page` that no script has touched, and when it was true (`at`); or null, not now. */
export async function keep(composed) {
  const shown = ready && composed();
  if (!shown) return;
  const { dataset } = shown.page.documentElement;
  delete dataset.kept; // Whether it is a copy is said by the worker, each time anew.
  delete dataset.why;
  const headers = { "Content-Type": "text/html; charset=utf-8", "X-Kept-At": shown.at };
  const answer = new Response(`<!doctype html>\n${shown.page.documentElement.outerHTML}`, { headers });
  try {
    // Not where the worker of another version has emptied it: a page without its files is none.
    if (await caches.has(name)) await (await caches.open(name)).put(location.pathname, answer);
  } catch { /* As above: the last copy stays. */ }
}
