import type { Listener } from "./connections";

interface TopicOptions {
  /** Milliseconds that must lie between the beginnings of two look-ups. */
  freshness: number;
  /** Looks up who listens, a page at a time. */
  listeners(): AsyncIterable<Listener[]>;
  send(rows: Listener[], events: string[]): Promise<void>;
  /** Nothing is known or under way any more. */
  ended(): void;
}

/** Events that wait for a look-up begun after they came. */
interface Batch {
  events: string[];
  /** So many of them, the first, have been sent to those known. */
  sent: number;
  sends: Promise<void>[];
  done: Promise<void>;
}

/**
 * Delivers to one topic. Events go at once to those whom a look-up found a moment ago, and to whoever turns up in the next,
 * which begins after the events came: so nobody who listened is missed, and a busy channel costs few look-ups.
 */
export class TopicDelivery {
  readonly #options: TopicOptions;
  /**
   * Those whom the last look-up found, and that one under way has found so far. They have been sent all batches before the
   * waiting one, and of that the first `sent`.
   */
  readonly #known = new Map<string, Listener>();
  /** When the look-up began that `#known` is at least as young as. */
  #knownAt = Number.NEGATIVE_INFINITY;
  #beganAt = Number.NEGATIVE_INFINITY;
  #waiting: Batch | undefined;
  #lookup: Promise<void> = Promise.resolve();
  #batches = 0;
  #open = 0;

  constructor(options: TopicOptions) {
    this.#options = options;
  }

  /** Resolves when a look-up begun after this call is over and all it found have been sent to. */
  deliver(events: string[]): Promise<void> {
    const batch = (this.#waiting ??= this.#newBatch());
    batch.events.push(...events);
    // Beyond that somebody may have left: all wait for the look-up.
    if (this.#isFresh(this.#knownAt)) this.#flush(batch);
    return batch.done;
  }

  /** Sends those known what they have not had. */
  #flush(batch: Batch): void {
    this.#send(batch, [...this.#known.values()], batch.events.slice(batch.sent));
    batch.sent = batch.events.length;
  }

  #newBatch(): Batch {
    const batch: Batch = { events: [], sent: 0, sends: [], done: Promise.resolve() };
    this.#batches++;
    this.#open++;
    batch.done = this.#work(batch).finally(() => this.#leave());
    return batch;
  }

  async #work(batch: Batch): Promise<void> {
    const before = this.#lookup;
    let end!: () => void;
    this.#lookup = new Promise((resolve) => (end = resolve));
    await before;
    const wait = this.#beganAt + this.#options.freshness - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // From here on, what comes waits for the look-up after this one.
    this.#waiting = undefined;
    const [looked] = await Promise.allSettled([this.#lookUp(batch)]);
    end();
    // Every page's sends are awaited whatever became of the others, so that none fails unheard.
    const failed = [looked, ...(await Promise.allSettled(batch.sends))].find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  /** Whether those whom a look-up found may still be sent to without another. */
  #isFresh(beganAt: number): boolean {
    return performance.now() - beganAt < 2 * this.#options.freshness;
  }

  async #lookUp(batch: Batch): Promise<void> {
    const beganAt = (this.#beganAt = performance.now());
    const late = batch.events.slice(batch.sent);
    const found = new Set<string>();
    try {
      for await (const page of this.#options.listeners()) {
        const before = page.filter(({ connectionId }) => this.#known.has(connectionId));
        const others = page.filter(({ connectionId }) => !this.#known.has(connectionId));
        this.#send(batch, before, late);
        // Found in good time they go on as those known do; else the next look-up is to find them first.
        const isFresh = this.#isFresh(beganAt);
        const since = isFresh ? (this.#waiting?.events.slice(0, this.#waiting.sent) ?? []) : [];
        this.#send(batch, others, [...batch.events, ...since]);
        if (isFresh) for (const row of others) this.#known.set(row.connectionId, row);
        for (const row of page) found.add(row.connectionId);
      }
    } catch (error) {
      // Not all were reached: nobody can be said to have had everything.
      this.#known.clear();
      throw error;
    }
    for (const id of this.#known.keys()) if (!found.has(id)) this.#known.delete(id);
    this.#knownAt = beganAt;
    if (this.#waiting && this.#isFresh(beganAt)) this.#flush(this.#waiting);
  }

  #send(batch: Batch, rows: Listener[], events: string[]): void {
    if (rows.length === 0 || events.length === 0) return;
    const sent = this.#options.send(rows, events);
    // Heard later, with the others; until then a failure must not count as unheard.
    sent.catch(() => undefined);
    batch.sends.push(sent);
  }

  /** Forgets everything once nothing has come for as long as what is known would be of use. */
  #leave(): void {
    this.#open--;
    const batches = this.#batches;
    const end = () => {
      if (this.#open === 0 && batches === this.#batches) this.#options.ended();
    };
    if (this.#options.freshness === 0) end();
    else setTimeout(end, 2 * this.#options.freshness).unref();
  }
}
