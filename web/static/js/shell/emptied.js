// Sent in the place of shell/worker when DOITHOAI_SHELL=0: what phones keep is emptied, and the worker takes itself away.
// Browsers ask for it by themselves at the next visit, whatever the worker that they have would do.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  for (const name of await caches.keys()) if (name.startsWith("shell-")) await caches.delete(name);
  await registration.unregister();
}
