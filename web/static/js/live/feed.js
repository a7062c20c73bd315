// One try to read the same messages as server-sent events, where no socket gets through. What goes up goes by POST.
// Read with fetch: EventSource hides who answered, and a network that wants a sign-in answers in the server's place.

import { COME_BACK } from "live/post";

/** A line as in live/socket; why it closed: "cut", "gone" (do not come back) or "stranger" (somebody else answered). */
export function openFeed(address, { heard, closed }) {
  const stop = new AbortController();
  read(address, stop.signal, heard).catch(() => "cut").then(closed);
  return { send: () => false, close: () => stop.abort() };
}

async function read(address, signal, heard) {
  const answer = await fetch(address, {
    headers: { Accept: "text/event-stream" },
    cache: "no-store",
    redirect: "manual",
    signal,
  });
  if (!answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return whose(answer);
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return "cut";
    const events = (text + decoder.decode(value, { stream: true })).split("\n\n");
    text = events.pop();
    for (const message of events.map(carried).filter(Boolean)) {
      if (message === '{"gone":1}') return "gone";
      heard(message);
    }
  }
}

/** The message in one event; our messages are one line. */
function carried(event) {
  return event.split("\n").find((line) => line.startsWith("data: "))?.slice(6);
}

function whose({ status }) {
  return COME_BACK.has(status) || (status >= 500 && status !== 511) ? "cut" : "stranger";
}
