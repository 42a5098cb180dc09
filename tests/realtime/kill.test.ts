import { randomUUID } from "node:crypto";
import { routes, type Message } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { pause, System, until } from "../src/system";

/** Sends until acknowledged, with the same key each time, as every client does. */
async function sendUntilAcknowledged(person: Person, channelId: string, content: string): Promise<Message> {
  const clientMessageId = randomUUID();
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const answer = await person.rest
      .send(routes.postMessage, { params: { id: channelId }, body: { content, clientMessageId } })
      .catch(() => undefined);
    if (answer && answer.status < 300) return (answer.body as { message: Message }).message;
    if (answer && answer.status < 500 && answer.status !== 429) throw new Error(`Refused with ${answer.status}`);
    await pause(30 + Math.random() * 70);
  }
  throw new Error("Not acknowledged within a minute.");
}

/** The judge: acknowledged is stored, stored is unique, and every member sees one order without a gap. */
async function judge(members: Person[], channelId: string, acknowledged: Message[]): Promise<void> {
  const views = await Promise.all(members.map((member) => member.readAll(channelId)));
  const [view = []] = views;
  for (const other of views) expect(other).toEqual(view);
  expect(view.map((message) => message.seq)).toEqual(view.map((_, i) => i + 1));
  expect(new Set(view.map((message) => message.clientMessageId)).size).toBe(view.length);
  const stored = new Map(view.map((message) => [message.id, message]));
  for (const message of acknowledged) expect(stored.get(message.id)).toEqual(message);
  expect(view).toHaveLength(acknowledged.length);
}

/** A client program that listens, connects again whenever its socket closes, and fills its gaps by sync. */
class Listener {
  readonly held = new Map<string, Message>();
  #running = true;

  private constructor(
    readonly person: Person,
    readonly channelId: string,
  ) {}

  static start(person: Person, channelId: string): Listener {
    const listener = new Listener(person, channelId);
    void listener.#listen();
    return listener;
  }

  async #listen(): Promise<void> {
    while (this.#running) {
      const socket = await SocketClient.connect(this.person.rest).catch(() => undefined);
      if (!socket) {
        await pause(100);
        continue;
      }
      while (socket.closeCode === undefined && this.#running) {
        for (const { message } of socket.of("message.created")) this.held.set(message.id, message);
        await pause(50);
      }
      for (const { message } of socket.of("message.created")) this.held.set(message.id, message);
    }
  }

  /** The revision up to which nothing is missing: where a client's sync begins. */
  get #level(): number {
    const seqs = new Set([...this.held.values()].map((message) => message.seq));
    let level = 0;
    while (seqs.has(level + 1)) level++;
    return level;
  }

  /** Fails unless what was heard, with what one sync brings, is what is stored. */
  async expectLevel(): Promise<void> {
    this.#running = false;
    const body = { channels: { [this.channelId]: this.#level } };
    const [answer] = (await this.person.rest.call(routes.sync, { body })).channels;
    const missed = answer?.limited ? await this.person.readAll(this.channelId) : (answer?.messages ?? []);
    for (const message of missed) this.held.set(message.id, message);
    const view = [...this.held.values()].sort((a, b) => a.seq - b.seq);
    expect(view).toEqual(await this.person.readAll(this.channelId));
  }
}

describe.each([
  ["API", 8],
  ["Database", 5],
  ["Gateway", 2],
] as const)("the %s killed with -9 under load, %i times", (part, times) => {
  let system: System;
  beforeAll(async () => (system = await System.start({ FRONTEND: "off" })), 120_000);
  afterAll(() => system?.stop());

  it("loses nothing that was acknowledged and stores nothing twice", async () => {
    const members: Person[] = [];
    for (let i = 0; i < 6; i++) members.push(await Person.signUp(system, `Member ${i}`));
    const [first, ...others] = members;
    if (!first) throw new Error("nobody");
    const channel = await first.createChannel("under-fire", others);

    const listener = Listener.start(first, channel.id);
    let running = true;
    const acknowledged: Message[] = [];
    const senders = members.map(async (member, m) => {
      for (let i = 0; running; i++) acknowledged.push(await sendUntilAcknowledged(member, channel.id, `${m}/${i}`));
    });
    for (let kill = 0; kill < times; kill++) {
      await pause(200 + Math.random() * 600);
      const before = system.pid(part);
      system.kill(part);
      await until(`the ${part} runs again`, async () => system.pid(part) !== before && (await system.apiIsReady()));
    }
    await pause(300);
    running = false;
    await Promise.all(senders);
    expect(acknowledged.length).toBeGreaterThan(50);
    await judge(members, channel.id, acknowledged);
    await listener.expectLevel();
  }, 180_000);
});
