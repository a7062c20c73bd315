// ws as its README shows a broadcast, with the text made into bytes once and compression off.
import { WebSocketServer } from "ws";

const [, , port, patches] = process.argv;
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(port), backlog: 4096, perMessageDeflate: false });
let n = 0;

server.on("connection", (client) => {
  client.on("error", () => client.terminate());
  client.on("message", () => {
    n += 1;
    const frame = Buffer.from(`{"n":${n},"after":${n - 1},"patches":${patches}}`);
    for (const each of server.clients) if (each.readyState === 1) each.send(frame, { binary: false });
  });
});
