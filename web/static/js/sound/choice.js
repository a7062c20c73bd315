// What is chosen before recording: which source, from which microphone. While it records, none of it can be changed.

import { lineTo } from "lib/line-to";
import { devices } from "sound/microphone";

const form = document.getElementById("capture");
const { source, device } = form.elements;
const { code } = document.getElementById("main").dataset;

export const chosenSource = () => source.value;
export const chosenDevice = () => device.value;

/** Where the sound of a source goes. */
export const address = (name) => lineTo(`/d/${code}/sound/${name}`).href;

export function fix(on) {
  for (const field of form.querySelectorAll("select, input")) field.disabled = on;
}

/** Offer the microphones that are there now; the chosen one stays chosen while it is. True when there is any. */
export async function offerDevices() {
  const found = await devices();
  const options = found.filter(({ deviceId, label }) => deviceId && label);
  const chosen = device.value;
  device.replaceChildren(device.options[0], ...options.map(({ deviceId, label }) => new Option(label, deviceId)));
  device.value = options.some(({ deviceId }) => deviceId === chosen) ? chosen : "";
  return found.length > 0;
}
