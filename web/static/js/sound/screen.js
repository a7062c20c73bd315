// A computer that sleeps hears nothing: its screen stays on while it records.

let lock = null;

/** To be asked for again whenever the page is seen again. Refused on a low battery: no reason to stop. */
export async function stayOn() {
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}

export function mayRest() {
  lock?.release();
}
