import { routes } from "@connectbest/contract";
import { WebSocket } from "ws";
import type { Person } from "../src/rest-client";
import { pause } from "../src/system";
import { opened } from "./listeners";

/** Milliseconds over which clients come back. */
const spread = 10_000;
/** Milliseconds that a client waits for what is missing between two events. */
const gapPatience = 1000;

interface Frame {
  events: { type: string; rev?: number }[];
}

/** A device that comes back after its socket closed, some time within the spread, and asks for what it missed. */
export class Device {
  #socket: WebSocket | undefined;
  #isWanted = true;
  /** Revisions heard beyond the level: what lies between is still to come. */
  readonly #heard = new Set<number>();
  /** The revision up to which it has everything, by what it heard or synced. */
  level = 0;
  /** When it was level again after its socket had closed (`performance.now`), and how often it tried. */
  backAt: number | undefined;
  attempts = 0;
  /** How often it asked for what it had missed in between. */
  gaps = 0;
  #isWaiting = false;
  #syncing: Promise<void> | undefined;
  /** How often its socket has closed. */
  closes = 0;

  constructor(
    readonly person: Person,
    readonly channelId: string,
  ) {}

  async connect(): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.OPEN) await this.#open();
    await this.#sync();
  }

  async #open(): Promise<void> {
    const { url, ticket } = await this.person.rest.call(routes.createTicket);
    const socket = await opened(`${url.replace("localhost", "127.0.0.1")}?ticket=${ticket}`);
    socket.on("message", (data: Buffer) => {
      for (const { type, rev } of (JSON.parse(data.toString()) as Frame).events)
        if (type === "message.created" && rev !== undefined) this.#heard.add(rev);
      this.#raise(this.level);
      if (this.#heard.size > 0) this.#fillGap();
    });
    socket.once("close", () => void this.#comeBack());
    socket.on("error", () => undefined);
    this.#socket = socket;
  }

  /** Something was missed in between: as every client does, it waits a moment, then asks. */
  #fillGap(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      if (this.#heard.size === 0 || this.#syncing) return;
      this.gaps++;
      void this.#sync().catch(() => undefined);
    }, gapPatience);
  }

  /** One at a time: what is heard meanwhile is looked at when its answer is there. */
  #sync(): Promise<void> {
    this.#syncing ??= this.#ask().finally(() => (this.#syncing = undefined));
    return this.#syncing;
  }

  async #ask(): Promise<void> {
    const body = { channels: { [this.channelId]: this.level } };
    const { channels } = await this.person.rest.call(routes.sync, { body });
    this.#raise(channels[0]?.rev ?? 0);
  }

  #raise(rev: number): void {
    this.level = Math.max(this.level, rev);
    while (this.#heard.delete(this.level + 1)) this.level++;
    for (const heard of this.#heard) if (heard <= this.level) this.#heard.delete(heard);
  }

  async #comeBack(): Promise<void> {
    this.backAt = undefined;
    this.closes++;
    await pause(Math.random() * spread);
    for (this.attempts = 1; this.#isWanted; this.attempts++)
      try {
        await this.connect();
        this.backAt = performance.now();
        return;
      } catch {
        await pause(500 + Math.random() * 1000);
      }
  }

  close(): void {
    this.#isWanted = false;
    this.#socket?.removeAllListeners("close");
    this.#socket?.terminate();
  }
}
