import type { Event } from "@connectbest/contract";
import type { Connections, Listener } from "./connections";
import type { Sender } from "./senders/sender";

/**
 * API Gateway answers 410 for a connection that is still being opened: rows this young (milliseconds) are kept,
 * and the client's first sync brings what it missed.
 */
const openingTime = 15_000;

interface Waiting {
  events: string[];
  done: Promise<void>;
}

/** Brings events to every connection that listens to a topic. */
export class Delivery {
  readonly #connections: Connections;
  readonly #sender: Sender;
  readonly #waiting = new Map<string, Waiting>();
  readonly #lookups = new Map<string, Promise<void>>();

  constructor(connections: Connections, sender: Sender) {
    this.#connections = connections;
    this.#sender = sender;
  }

  /**
   * Resolves when the events are sent. Events for a topic that arrive while its listeners are being looked up share
   * the next look-up, so that a busy channel costs one query a batch.
   */
  deliver(topic: string, events: Event[]): Promise<void> {
    const serialized = events.map((event) => JSON.stringify(event));
    const waiting = this.#waiting.get(topic);
    if (waiting) {
      waiting.events.push(...serialized);
      return waiting.done;
    }
    const next: Waiting = { events: serialized, done: Promise.resolve() };
    next.done = this.#next(topic, next);
    return next.done;
  }

  async #next(topic: string, waiting: Waiting): Promise<void> {
    const before = this.#lookups.get(topic);
    if (before) {
      this.#waiting.set(topic, waiting);
      await before.catch(() => undefined);
      this.#waiting.delete(topic);
    }
    const sends: Promise<void>[] = [];
    const lookup = this.#lookUp(topic, waiting.events, sends);
    this.#lookups.set(topic, lookup);
    const [looked] = await Promise.allSettled([lookup]);
    if (this.#lookups.get(topic) === lookup) this.#lookups.delete(topic);
    // Every page's sends are awaited whatever became of the others, so that none fails unheard.
    const failed = [looked, ...(await Promise.allSettled(sends))].find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
  }

  async #lookUp(topic: string, events: string[], sends: Promise<void>[]): Promise<void> {
    for await (const page of this.#connections.listeners(topic)) {
      const sent = this.#send(page, events);
      // Heard later, with the others; until then a failure must not count as unheard.
      sent.catch(() => undefined);
      sends.push(sent);
    }
  }

  /** To all who listen to any of the topics, once each. */
  async deliverToAny(topics: string[], events: Event[]): Promise<void> {
    const byConnection = new Map<string, Listener>();
    for (const topic of topics)
      for await (const page of this.#connections.listeners(topic))
        for (const row of page) byConnection.set(row.connectionId, row);
    const serialized = events.map((event) => JSON.stringify(event));
    await this.#send([...byConnection.values()], serialized);
  }

  /** To one connection. */
  async reply(connectionId: string, ...events: Event[]): Promise<void> {
    await this.#sender.send(
      [connectionId],
      events.map((event) => JSON.stringify(event)),
    );
  }

  async #send(rows: Listener[], events: string[]): Promise<void> {
    const gone = await this.#sender.send(
      rows.map((row) => row.connectionId),
      events,
    );
    if (gone.length === 0) return;
    const stale = new Set(gone);
    const now = Date.now();
    const old = rows.filter((row) => stale.has(row.connectionId) && now - row.connectedAt > openingTime);
    await Promise.all(old.map((row) => this.#connections.forget(row.connectionId)));
  }
}
