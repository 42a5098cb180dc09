import type { ConnectionStatus } from "@/lib/chat/state";
import { backoff } from "./backoff";
import { LiveSocket, serviceRestart, sessionRevokedCode, socketTimes } from "./socket";

class FakeSocket {
  readyState = 1;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly address: string) {}
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  says(...events: object[]) {
    this.onmessage?.({ data: JSON.stringify({ events }) });
  }
  connects() {
    this.onopen?.();
    this.says({ type: "connected", connectionId: "c", userId: "u", serverTime: "" });
  }
}

const setUp = () => {
  const sockets: FakeSocket[] = [];
  const statuses: ConnectionStatus[] = [];
  const world = { isOnline: true, tickets: 0, refuse: false, revoked: 0, events: [] as string[] };
  const socket = new LiveSocket({
    openTicket: async () => {
      world.tickets++;
      if (world.refuse) throw new Error("no");
      return { url: "ws://here/live", ticket: "a b" };
    },
    createSocket: (address) => {
      const fake = new FakeSocket(address);
      sockets.push(fake);
      return fake as unknown as WebSocket;
    },
    isOnline: () => world.isOnline,
    onEvents: (events) => world.events.push(...events.map((event) => event.type)),
    onStatus: (status) => statuses.push(status),
    onSessionRevoked: () => world.revoked++,
    random: () => 1,
  });
  const last = () => sockets.at(-1) as FakeSocket;
  return { socket, sockets, statuses, world, last };
};

const settle = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("asks for a ticket, says hello, and is connected when the server has answered", async () => {
  const { socket, statuses, last } = setUp();
  socket.start();
  await settle();
  expect(last().address).toBe("ws://here/live?ticket=a%20b");
  last().onopen?.();
  expect(last().sent).toEqual(['{"action":"hello"}']);
  expect(socket.isConnected).toBe(false);
  last().connects();
  expect(socket.isConnected).toBe(true);
  expect(statuses).toEqual(["connected"]);
});

test("sends only while connected", async () => {
  const { socket, last } = setUp();
  socket.start();
  await settle();
  expect(socket.send({ action: "ping" })).toBe(false);
  last().connects();
  expect(socket.send({ action: "ping" })).toBe(true);
});

test("comes back for ever, ever more slowly, and forgets its patience once connected", async () => {
  const { socket, sockets, world, statuses, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  world.refuse = true;
  last().onclose?.({ code: 1006 });
  expect(statuses.at(-1)).toBe("reconnecting");
  for (let attempt = 0; attempt < 12; attempt++) {
    const before = world.tickets;
    await jest.advanceTimersByTimeAsync(backoff(attempt, () => 1) - 1);
    expect(world.tickets).toBe(before);
    await jest.advanceTimersByTimeAsync(1);
    expect(world.tickets).toBe(before + 1);
  }
  world.refuse = false;
  await jest.advanceTimersByTimeAsync(30_000);
  expect(sockets).toHaveLength(2);
  last().connects();
  last().onclose?.({ code: 1006 });
  await jest.advanceTimersByTimeAsync(500);
  expect(sockets).toHaveLength(3);
});

test("after a restart of the server takes its time, unless the network proves to be there", async () => {
  const { socket, sockets, world, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  last().onclose?.({ code: serviceRestart.code });
  await jest.advanceTimersByTimeAsync(serviceRestart.spread - 1);
  expect(sockets).toHaveLength(1);
  world.refuse = true;
  await jest.advanceTimersByTimeAsync(1);
  expect(world.tickets).toBe(2);
  world.refuse = false;
  await jest.advanceTimersByTimeAsync(500);
  expect(sockets).toHaveLength(2);
  last().connects();
  last().onclose?.({ code: serviceRestart.code });
  socket.hurry();
  await settle();
  expect(sockets).toHaveLength(3);
});

test("the network coming back does not wait for the timer", async () => {
  const { socket, sockets, world, statuses, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  world.isOnline = false;
  socket.goOffline();
  expect(statuses.at(-1)).toBe("offline");
  world.isOnline = true;
  socket.reconnectNow();
  await settle();
  expect(sockets).toHaveLength(2);
  expect(statuses.at(-1)).toBe("reconnecting");
});

test("a sign of life ends the pause before the next attempt, and never one that is under way", async () => {
  const { socket, sockets, world, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  last().onclose?.({ code: 1006 });
  expect(world.tickets).toBe(1);
  socket.hurry();
  socket.hurry();
  await settle();
  expect([world.tickets, sockets.length]).toEqual([2, 2]);
  socket.hurry();
  await settle();
  expect([world.tickets, sockets.length]).toEqual([2, 2]);
  last().connects();
  expect(socket.isConnected).toBe(true);
  await jest.advanceTimersByTimeAsync(1000);
  expect(sockets.length).toBe(2);
});

test("asks whether the connection lives, and gives it up when nothing answers", async () => {
  const { socket, sockets, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  await jest.advanceTimersByTimeAsync(socketTimes.ping);
  expect(last().sent.at(-1)).toBe('{"action":"ping"}');
  last().says({ type: "pong", at: "" });
  await jest.advanceTimersByTimeAsync(socketTimes.pong);
  expect(socket.isConnected).toBe(true);
  await jest.advanceTimersByTimeAsync(socketTimes.ping);
  expect(socket.isConnected).toBe(false);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(sockets).toHaveLength(2);
});

test("a socket that never says connected is given up", async () => {
  const { socket, sockets } = setUp();
  socket.start();
  await settle();
  await jest.advanceTimersByTimeAsync(socketTimes.connect + 500);
  expect(sockets.length).toBeGreaterThan(1);
});

test.each([
  ["an event", (fake: FakeSocket) => fake.says({ type: "session.revoked" })],
  ["the close code", (fake: FakeSocket) => fake.onclose?.({ code: sessionRevokedCode })],
])("a session that ended, told by %s, is not reconnected", async (_, tell) => {
  const { socket, sockets, world, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  tell(last());
  await jest.advanceTimersByTimeAsync(60_000);
  expect(world.revoked).toBe(1);
  expect(sockets).toHaveLength(1);
});

test("what is no frame of events is ignored", async () => {
  const { socket, world, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  last().onmessage?.({ data: '{"message":"Forbidden","connectionId":"c","requestId":"r"}' });
  last().onmessage?.({ data: "not JSON" });
  last().onmessage?.({ data: "null" });
  expect(world.events).toEqual(["connected"]);
});

test("an older socket has no say any more", async () => {
  const { socket, sockets, statuses, last } = setUp();
  socket.start();
  await settle();
  const first = last();
  first.connects();
  first.onclose?.({ code: 1006 });
  await jest.advanceTimersByTimeAsync(500);
  last().connects();
  first.onclose?.({ code: 1006 });
  first.says({ type: "session.revoked" });
  expect(socket.isConnected).toBe(true);
  expect(sockets).toHaveLength(2);
  expect(statuses.at(-1)).toBe("connected");
});

test("stopped means stopped", async () => {
  const { socket, world, last } = setUp();
  socket.start();
  await settle();
  last().connects();
  socket.stop();
  await jest.advanceTimersByTimeAsync(120_000);
  expect(world.tickets).toBe(1);
  socket.reconnectNow();
  await settle();
  expect(world.tickets).toBe(1);
});
