import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** The floor that everything is measured against: whatever one socket says, all are told. Nothing is kept. */
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket) =>
  socket.on("message", (data: Buffer) => {
    for (const client of server.clients) client.send(data, { binary: false });
  }),
);
server.on("listening", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit(0));
