// The trial of a room: a known text is read aloud, and the server says how much of it the machine got right.
// Only the secretary's page has its form.

import { say } from "lib/words";
import { keepFocus } from "sound/focus";

const code = document.getElementById("main").dataset.code;
const [form, begin, end, state] = ["room-trial", "room-begin", "room-end", "room-state"].map((id) => document.getElementById(id));
let since = null;

async function ask(content) {
  const source = document.getElementById("capture").elements.source.value;
  const answer = await fetch(`/d/${code}/sound/${source}/trial`, { method: "POST", body: JSON.stringify(content) }).catch(() => null);
  return answer && (answer.ok || answer.status === 409) ? answer.json() : { wants: "network" };
}

begin?.addEventListener("click", async () => {
  const answer = await ask({});
  since = answer.since ?? null;
  end.disabled = since === null;
  state.textContent = say(answer.wants ? `room_${answer.wants}` : "room_reading");
});

end?.addEventListener("click", async () => {
  const answer = await ask({ since, text: form.elements.text.value });
  const found = answer.wants ? say(`room_${answer.wants}`) : say(`room_${answer.verdict}`, { rate: Math.round(answer.rate * 100) });
  state.textContent = answer.stopped ? `${found} ${say("room_stopped")}` : found;
  keepFocus(form, () => (end.disabled = Boolean(answer.verdict)), begin);
});
