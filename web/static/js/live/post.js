// The same commands by plain POST, for networks that let no socket through.

import { say } from "lib/words";
import { audience, code } from "live/place";

/** Statuses of a server, or of a proxy of its own, that is busy (with every 5xx but 511): come back later. */
export const COME_BACK = new Set([408, 425, 429]);
const TOO_LARGE = 413; // Whoever says so, the server or a proxy before it, says it again the next time.

/** The server's answer; null when there was none, when it asks to come back, or when somebody else answered. */
export async function send({ op, do: command, fields }, patience) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(`/d/${code}/do/${command}`, {
      method: "POST",
      body: new URLSearchParams({ ...fields, as: audience, op }),
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: stop.signal,
    });
    if (answer.status === TOO_LARGE) return { refused: op, code: "too_long", say: say("too_large") };
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
    const isFinal = answer.status >= 400 && answer.status < 500 && !COME_BACK.has(answer.status);
    // Only the server itself may say no: a network that wants a sign-in, or a proxy, knows nothing of a question.
    return isFinal && answer.headers.has("X-Request-Id") ? { refused: op, code: "not_understood", say: say("unsent") } : null;
  } catch {
    return null; // No network, or no answer in time: both are tried again.
  } finally {
    clearTimeout(timer);
  }
}
