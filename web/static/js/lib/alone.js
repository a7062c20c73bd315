// One tab at a time. Browsers lock only on https; a hall's own plain network gets a lease in storage instead, which two
// tabs may once in a while hold together: what they do must be harmless twice.

import { forget, keep, kept } from "lib/keep";

const LEASE = 15_000; // Longer than one answer is waited for.
const SETTLE = 50; // Milliseconds in which the tab that wrote last wins.

const me = `${Date.now()}-${Math.random()}`;

/** Do the work while no other tab does work of this name. False: another tab is at it. `work` may call its `renew`. */
export async function alone(name, work) {
  if (navigator.locks) return navigator.locks.request(name, async () => (await work(() => {}), true));
  const key = `lease:${name}`;
  if (!free(kept(key))) return false;
  renew(key);
  await new Promise((resolve) => setTimeout(resolve, SETTLE * (1 + Math.random())));
  if (!free(kept(key))) return false;
  try {
    await work(() => renew(key));
  } finally {
    forget(key);
  }
  return true;
}

const renew = (key) => keep(key, `${me} ${Date.now() + LEASE}`);

function free(lease) {
  const [who, until] = (lease ?? "").split(" ");
  return !lease || who === me || !(Number(until) > Date.now());
}
