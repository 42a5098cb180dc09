import { randomUUID } from "node:crypto";
import { routes, type Event, type Message } from "@connectbest/contract";
import { WebSocket as NodeWebSocket } from "ws";
import { hear, settle } from "../../frontend/src/lib/chat/level";
import { LiveSocket } from "../../frontend/src/lib/live/socket";
import { Syncer, syncTimes } from "../../frontend/src/lib/live/syncer";
import type { Person, RestClient } from "../src/rest-client";
import { pause, until } from "../src/system";

/** One attempt to send. */
interface Attempt {
  /** 0: no answer. */
  status: number;
  retryAfter: string | null;
  /** Milliseconds on `performance.now()`. */
  at: number;
  took: number;
}

/** Sends as every client does: with one key until acknowledged, and keeps what was acknowledged. */
export class Sender {
  readonly acknowledged: Message[] = [];
  readonly attempts: Attempt[] = [];
  #running: Promise<void> | undefined;
  #isStopping = false;
  #hasGivenUp = false;

  /** @param patience milliseconds until a message must be acknowledged */
  constructor(
    readonly rest: RestClient,
    readonly channelId: string,
    readonly patience = 60_000,
  ) {}

  /** @throws when the API refuses, or nothing acknowledges in time */
  async send(content: string, clientMessageId: string = randomUUID()): Promise<Message> {
    for (const deadline = Date.now() + this.patience; Date.now() < deadline && !this.#hasGivenUp;) {
      const message = await this.#attempt(content, clientMessageId);
      if (message) return message;
      await pause(30 + Math.random() * 70);
    }
    throw new Error(`Not acknowledged within ${this.patience} ms.`);
  }

  async #attempt(content: string, clientMessageId: string): Promise<Message | undefined> {
    const at = performance.now();
    const answer = await this.rest
      .send(routes.postMessage, { params: { id: this.channelId }, body: { content, clientMessageId } })
      .catch(() => undefined);
    const status = answer?.status ?? 0;
    const retryAfter = answer?.headers.get("retry-after") ?? null;
    this.attempts.push({ status, retryAfter, at, took: performance.now() - at });
    if (!answer || status >= 500 || status === 429) return undefined;
    if (status >= 300) throw new Error(`Refused with ${status}: ${JSON.stringify(answer.body)}`);
    const { message } = answer.body as { message: Message };
    this.acknowledged.push(message);
    return message;
  }

  /** Sends one message after the other until stopped. @param rest milliseconds between two, half to one and a half times */
  start(name: string, rest = 20): void {
    const run = async () => {
      for (let i = 0; !this.#isStopping; i++) {
        await this.send(`${name}/${i}`);
        await pause(rest * (0.5 + Math.random()));
      }
    };
    this.#isStopping = false;
    this.#running = run();
    // Looked at when it is stopped.
    this.#running.catch(() => undefined);
  }

  /** Stops without waiting for anything. */
  giveUp(): void {
    this.#isStopping = true;
    this.#hasGivenUp = true;
  }

  /** @throws what a send failed with */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
  }
}

/**
 * Listens as the web client does, with its own socket, syncer and bookkeeping of revisions: connects again with jitter when its
 * socket closes, syncs when connected, once more 3 s later, on a gap and now and then.
 */
export class Listener {
  readonly held = new Map<string, Message>();
  /** Every event heard, oldest first. */
  readonly events: Event[] = [];
  connects = 0;
  /** When it was last connected, in milliseconds on `performance.now()`. */
  connectedAt = 0;
  syncs = 0;
  /** Connections that lasted until the index of connections has surely seen them, when the web client syncs once more. */
  settled = 0;
  /** Bytes of all frames heard. */
  bytes = 0;
  /** With what code each connection ended. */
  readonly endings: number[] = [];
  #level = { level: 0, ahead: [] as number[], head: 0 };
  readonly #socket: LiveSocket;
  readonly #syncer: Syncer;
  #latest: NodeWebSocket | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    readonly person: Person,
    readonly channelId: string,
    gateway: number | undefined,
  ) {
    this.#socket = new LiveSocket({
      openTicket: () => person.rest.call(routes.createTicket),
      createSocket: (address) => {
        const url = new URL(address);
        if (gateway) url.port = String(gateway);
        this.#latest = new NodeWebSocket(url);
        this.#latest.on("message", (data: Buffer) => (this.bytes += data.length));
        this.#latest.on("close", (code) => this.endings.push(code));
        return this.#latest as unknown as WebSocket;
      },
      isOnline: () => true,
      onEvents: (events) => this.#receive(events),
      onStatus: (status) => this.#changed(status === "connected"),
      onSessionRevoked: () => undefined,
    });
    this.#syncer = new Syncer({ sync: () => this.#sync(), isBehind: () => this.#level.head > this.#level.level });
  }

  /** @param gateway the port to open sockets at, when it is not the one that tickets name */
  static async start(person: Person, channelId: string, gateway?: number): Promise<Listener> {
    const listener = new Listener(person, channelId, gateway);
    listener.#syncer.start();
    listener.#socket.start();
    await until("a listener is connected", () => listener.isConnected);
    return listener;
  }

  get isConnected(): boolean {
    return this.#socket.isConnected;
  }

  /** The connection of now. */
  get socket(): NodeWebSocket {
    if (!this.#latest) throw new Error("Never connected.");
    return this.#latest;
  }

  /** What is held, in the order of the channel. */
  get view(): Message[] {
    return [...this.held.values()].sort((a, b) => a.seq - b.seq);
  }

  holds(messages: readonly Message[]): boolean {
    return messages.every((message) => this.held.has(message.id));
  }

  stop(): void {
    this.#socket.stop();
    this.#syncer.stop();
    clearTimeout(this.#settling);
  }

  /** Stops; fails unless what was heard, with what one more sync brings, is what is stored. */
  async expectLevel(stored: readonly Message[]): Promise<void> {
    this.stop();
    await this.#sync();
    expect(this.view).toEqual(stored);
  }

  #changed(isConnected: boolean): void {
    clearTimeout(this.#settling);
    if (!isConnected) return;
    this.connects++;
    this.connectedAt = performance.now();
    this.#syncer.request(0);
    this.#settling = setTimeout(() => {
      this.settled++;
      this.#syncer.request(0);
    }, syncTimes.settle);
  }

  #receive(events: readonly Event[]): void {
    this.events.push(...events);
    for (const event of events) if (event.type === "message.created") this.#take(event.message);
    if (this.isConnected) this.#syncer.considerGap();
  }

  #take(message: Message): void {
    if (message.channelId !== this.channelId) return;
    const held = this.held.get(message.id);
    if (!held || held.rev < message.rev) this.held.set(message.id, message);
    this.#level = hear(this.#level, message.rev);
  }

  async #sync(): Promise<void> {
    this.syncs++;
    const body = { channels: { [this.channelId]: this.#level.level } };
    const answer = (await this.person.rest.call(routes.sync, { body })).channels[0];
    if (!answer) return;
    const missed = answer.limited ? await this.person.readAll(this.channelId) : answer.messages;
    for (const message of missed) this.#take(message);
    this.#level = settle(this.#level, answer.rev);
  }
}
