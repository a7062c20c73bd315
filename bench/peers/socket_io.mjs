// Socket.IO with one `emit` to everybody: its in-memory adapter encodes and frames the packet once for all.
import { createServer } from "node:http";
import { Server } from "socket.io";

const [, , port, patches] = process.argv;
const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
const content = JSON.parse(patches);
let n = 0;

io.on("connection", (client) => {
  client.on("go", () => {
    n += 1;
    io.emit("c", { n, after: n - 1, patches: content });
  });
});
http.listen({ host: "127.0.0.1", port: Number(port), backlog: 4096 });
