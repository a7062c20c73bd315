// One try to reach the server with a WebSocket.

const GONE_FOR_GOOD = 4500; // Close codes from here on mean: do not come back.

/** A line: `send(text)` is true when the text left, `close()` ends it unheard. Calls heard(text), closed(why) once. */
export function openSocket(address, { heard, closed }) {
  const socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => heard(data));
  socket.addEventListener("close", ({ code }) => closed(code >= GONE_FOR_GOOD && code < 5000 ? "gone" : "cut"));
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close: () => socket.close(),
  };
}
