// What an earlier page of this browser recorded and could not send: sent now, before anything new of the same source.

import { SoundWire } from "sound/wire";

/** Lines that no living page owns, each on its way: Map of source -> wires, oldest first. `changed` is called as they go. */
export async function sendLeft(keeping, code, address, changed) {
  const left = new Map();
  if (!keeping) return left;
  const lines = (await keeping.lines()).filter((line) => line.code === code).sort((one, other) => one.began - other.began);
  for (const line of lines) {
    if (!(await own(line.id))) continue;
    const blocks = await keeping.blocks(line.id);
    if (!blocks.length) {
      await keeping.remove(line.id);
      continue;
    }
    const before = left.get(line.source) ?? [];
    const wire = new SoundWire(address(line.source), { line, keeping, blocks, after: before.at(-1)?.over() });
    wire.stop();
    for (const event of ["state", "have"]) wire.addEventListener(event, changed);
    left.set(line.source, [...before, wire]);
  }
  return left;
}

/** True when this page now owns the line, until it is closed or dies; false while another page does. */
export function own(id) {
  return new Promise((resolve) => {
    navigator.locks.request(`sound:${id}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : null;
    });
  });
}
