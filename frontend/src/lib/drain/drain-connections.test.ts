import { Agent, createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { drainOnTermination } from "./drain-connections";

test("once told to end, connections that are kept are let go, and those that hang are not waited for", async () => {
  const ended = new Promise<void>((resolve) => drainOnTermination(resolve, 500));
  let release = (): void => undefined;
  const server = createServer((request, response) => {
    if (request.url === "/slow") release = () => void response.end("late");
    else if (request.url !== "/hangs") response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const ask = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get({ host: "127.0.0.1", port, path, agent }, (response) => resolve(response.resume())).on("error", reject);
    });
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );

  await ask("/");
  const slow = ask("/slow");
  const hanging = ask("/hangs").catch(() => "cut off");
  await new Promise((resolve) => setTimeout(resolve, 50));
  server.close();
  process.emit("SIGTERM");
  release();
  expect((await slow).statusCode).toBe(200);
  // The one that was busy is kept by its client, and closed here all the same; that which hangs is left.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await connections()).toBe(1);
  await ended;
  server.closeAllConnections();
  expect(await hanging).toBe("cut off");
  agent.destroy();
});
