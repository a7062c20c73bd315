// The microphone, as it is: no echo cancelling, no noise removal, no automatic gain, all of which eat words.

const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/** Devices to choose from; their names are known only after the person has once allowed a microphone. */
export async function devices() {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter(({ kind }) => kind === "audioinput");
}

/**
 * Open a device and call `heard({pcm, peak})` for every 0.1 s; `muted(on)` when its sound is shut off and let on again,
 * `ended()` when it goes away. Its name, and how to close it.
 */
export async function openMicrophone(device, worklet, { heard, muted, ended }) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...PLAIN, ...(device && { deviceId: { exact: device } }) } });
  const context = new AudioContext();
  await context.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(context, "capture", { numberOfInputs: 1, numberOfOutputs: 1 });
  node.port.onmessage = ({ data }) => heard(data);
  context.createMediaStreamSource(stream).connect(node).connect(context.destination); // It writes no sound out; unconnected it would not run.
  await context.resume();
  const [track] = stream.getAudioTracks();
  track.addEventListener("ended", ended);
  track.addEventListener("mute", () => muted(true));
  track.addEventListener("unmute", () => muted(false));
  muted(track.muted);
  document.addEventListener("visibilitychange", () => context.state === "suspended" && context.resume());
  const close = () => {
    track.removeEventListener("ended", ended);
    track.stop();
    return context.close();
  };
  return { name: track.label, close };
}
