// One try to reach the server with a WebSocket.

const GONE_FOR_GOOD = 4500; // Close codes from here on mean: do not come back.
const TOO_BIG = 1009; // RFC 6455: the other side takes no message as large as the last.

/** Why a line ended: "gone" (do not come back), "large" (of a message that nobody there takes) or "cut". */
function reason(code) {
  if (code === TOO_BIG) return "large";
  return code >= GONE_FOR_GOOD && code < 5000 ? "gone" : "cut";
}

/** A line: `send(text)` is true when the text left, `close()` ends it unheard. Calls heard(text), closed(why) once. */
export function openSocket(address, { heard, closed }) {
  const socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => heard(data));
  socket.addEventListener("close", ({ code }) => closed(reason(code)));
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close: () => socket.close(),
  };
}
