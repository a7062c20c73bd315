/** Where a line (WebSocket) to this path of the server goes. */
export function lineTo(path) {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return url;
}
