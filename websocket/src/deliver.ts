import type { Event } from "@connectbest/contract";
import type { Connections, Listener } from "./connections";
import { GoneConnections } from "./gone-connections";
import { noMetrics, type Metrics } from "./metrics";
import { TopicDelivery } from "./topic-delivery";
import type { Sender } from "./senders/sender";

/**
 * API Gateway answers 410 for a connection that is still being opened: rows this young (milliseconds) are kept,
 * and the client's first sync brings what it missed.
 */
const openingTime = 15_000;

interface DeliveryOptions {
  /**
   * Milliseconds that must lie between two look-ups of one topic's listeners; 0 (as a Lambda needs it, which is frozen
   * once it has answered) looks up for every batch.
   */
  freshness?: number;
  metrics?: Metrics;
}

/** Brings events to every connection that listens to a topic. */
export class Delivery {
  readonly #connections: Connections;
  readonly #sender: Sender;
  readonly #freshness: number;
  readonly #topics = new Map<string, TopicDelivery>();
  readonly #gone: GoneConnections;
  readonly #metrics: Metrics;

  constructor(connections: Connections, sender: Sender, { freshness = 0, metrics = noMetrics }: DeliveryOptions = {}) {
    this.#connections = connections;
    this.#sender = sender;
    this.#freshness = freshness;
    this.#metrics = metrics;
    this.#gone = new GoneConnections((connectionId) => connections.forget(connectionId));
  }

  /** Resolves when the events are sent to all who listened as they came, whether found before or after. */
  deliver(topic: string, events: Event[]): Promise<void> {
    let delivery = this.#topics.get(topic);
    if (!delivery) {
      const made = new TopicDelivery({
        freshness: this.#freshness,
        listeners: () => this.#connections.listeners(topic),
        send: (rows, serialized) => this.#send(rows, serialized),
        ended: () => {
          if (this.#topics.get(topic) === made) this.#topics.delete(topic);
        },
      });
      delivery = made;
      this.#topics.set(topic, made);
    }
    return delivery.deliver(events.map((event) => JSON.stringify(event)));
  }

  /**
   * Resolves when what is said from now on reaches nobody any more who had stopped listening, in whatever process: as far as
   * the table's index is up to date, which DynamoDB promises within moments, not at once.
   */
  async settled(): Promise<void> {
    if (this.#freshness > 0) await new Promise((resolve) => setTimeout(resolve, 2 * this.#freshness));
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
    const live = rows.filter(({ connectionId }) => !this.#gone.has(connectionId));
    const gone = await this.#sender.send(
      live.map((row) => row.connectionId),
      events,
    );
    this.#metrics.count("DeliveredEvents", (live.length - gone.length) * events.length);
    if (gone.length === 0) return;
    this.#metrics.count("StaleConnections", gone.length);
    const stale = new Set(gone);
    const now = Date.now();
    const old = live.filter((row) => stale.has(row.connectionId) && now - row.connectedAt > openingTime);
    // All who live have heard: that these could not be forgotten is no reason to tell everybody again. The next event finds them.
    await Promise.allSettled(old.map((row) => this.#gone.forget(row.connectionId)));
  }
}
