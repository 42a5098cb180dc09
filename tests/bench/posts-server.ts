import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Takes every post and says yes: what remains is the sender's own cost. */
const server = createServer((request, response) => {
  request.resume();
  request.once("end", () => response.writeHead(200).end());
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit(0));
