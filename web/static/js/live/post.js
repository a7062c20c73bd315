// The same commands by plain POST, for networks that let no socket through.

import { say } from "lib/words";
import { audience, code } from "live/place";

const COME_BACK = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The server's answer; null when there was none or it asks to come back. */
export async function send({ op, do: command, fields }, patience) {
  try {
    const answer = await fetch(`/d/${code}/do/${command}`, {
      method: "POST",
      body: new URLSearchParams({ ...fields, as: audience, op }),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout?.(patience),
    });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
    return COME_BACK.has(answer.status) ? null : { refused: op, code: "not_understood", say: say("unsent") };
  } catch {
    return null; // No network, or no answer in time: both are tried again.
  }
}
