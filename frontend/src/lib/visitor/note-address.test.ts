import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { noteAddresses } from "./note-address";

test("a server's handlers see the address of the connection behind what the caller claims", async () => {
  const stop = noteAddresses();
  const server = createServer((request, response) => response.end(request.headers["x-forwarded-for"]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seen = async (headers: Record<string, string>) => (await fetch(url, { headers })).text();
  expect(await seen({})).toBe("127.0.0.1");
  expect(await seen({ "x-forwarded-for": "1.2.3.4" })).toBe("1.2.3.4, 127.0.0.1");
  stop();
  server.closeAllConnections();
  server.close();
});
