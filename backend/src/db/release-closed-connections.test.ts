import type { Socket } from "node:net";
import mongoose from "mongoose";
import { startTestApi, type TestApi } from "../testing/test-api";

/** The driver's own view of its connections, which it does not publish. */
interface Insides {
  topology: {
    s: {
      servers: Map<
        string,
        { pool: { connections: { toArray(): Wire[] } }; monitor: { connection: Wire; requestCheck(): void } }
      >;
    };
  };
}
interface Wire {
  socket: Socket;
  closed: boolean;
}

describe("a connection that dies as a command is written to it", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const server = () => {
    const [first] = (mongoose.connection.getClient() as unknown as Insides).topology.s.servers.values();
    if (!first) throw new Error("no server");
    return first;
  };
  const ping = () => mongoose.connection.db?.command({ ping: 1 });

  it("fails that command, and no other", async () => {
    await ping();
    const sockets = server().pool.connections.toArray();
    expect(sockets.length).toBeGreaterThan(0);
    for (const wire of sockets) {
      wire.socket.destroy();
      expect(wire.closed).toBe(false);
    }
    const answers = await Promise.allSettled(sockets.map(ping));
    expect(answers.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    await expect(ping()).resolves.toMatchObject({ ok: 1 });
  });

  it("does not blind the monitor", async () => {
    const { monitor } = server();
    const client = mongoose.connection.getClient();
    const failed = new Promise((resolve) => client.once("serverHeartbeatFailed", resolve));
    // Between the start of a check and its command.
    client.once("serverHeartbeatStarted", () => monitor.connection.socket.destroy());
    monitor.requestCheck();
    await failed;
    await expect(ping()).resolves.toMatchObject({ ok: 1 });
  });
});
