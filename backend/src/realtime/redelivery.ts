import type { Event } from "@connectbest/contract";

/** Milliseconds between two tries, and after which what could not be told is given up: clients ask by themselves by then. */
const interval = 2000;
const patience = 60_000;
/** Of one topic the last so many are told again: whoever hears one sees what is missing before it. */
const mostTold = 20;
const mostTopics = 10_000;

/** What was told to a topic at once. */
interface Told {
  events: Event[];
  since: number;
  state: "under way" | "heard" | "missed";
}

/**
 * Tells again what could not be told while the table of connections or the gateway was away. Without it the last thing said in
 * a channel would be found by the next regular sync alone.
 *
 * With it goes whatever was told to the topic since: hearing twice is harmless, but what is old must not be heard last.
 */
export class Redelivery {
  /** Of each topic what is under way or missed, and all that was told after it, in that order. */
  readonly #lines = new Map<string, Told[]>();
  #isWaiting = false;

  constructor(readonly deliver: (topic: string, events: Event[]) => Promise<void>) {}

  /** Who types is not worth it: that is over by then. @throws when it fails; then it is told again unasked */
  async tell(topic: string, events: Event[]): Promise<void> {
    const line = this.#lines.get(topic) ?? [];
    const isFull = line.length === 0 && this.#lines.size >= mostTopics;
    if (isFull || events.every(({ type }) => type === "typing")) return this.deliver(topic, events);
    const told: Told = { events, since: Date.now(), state: "under way" };
    line.push(told);
    this.#lines.set(topic, line);
    try {
      await this.deliver(topic, events);
      told.state = "heard";
    } catch (error) {
      told.state = "missed";
      this.#wait();
      throw error;
    } finally {
      this.#shorten(topic);
    }
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => void this.#tellAgain(), interval).unref();
  }

  async #tellAgain(): Promise<void> {
    for (const [topic, line] of this.#lines) {
      const first = line.findIndex(({ state }) => state === "missed");
      if (first === -1) continue;
      const again = line.slice(first);
      const missed = again.filter(({ state }) => state === "missed");
      try {
        await this.deliver(
          topic,
          again.flatMap(({ events }) => events),
        );
        for (const told of missed) told.state = "heard";
      } catch {
        const given = missed.filter(({ since }) => Date.now() - since > patience);
        // Still away, most likely for all of them.
        if (given.length === 0) break;
        for (const told of given) told.state = "heard";
      }
      this.#shorten(topic);
    }
    this.#isWaiting = false;
    if ([...this.#lines.values()].flat().some(({ state }) => state === "missed")) this.#wait();
  }

  /** Lets go of what nobody needs to hear again. */
  #shorten(topic: string): void {
    const line = this.#lines.get(topic);
    if (!line) return;
    const first = line.findIndex(({ state }) => state !== "heard");
    line.splice(0, first === -1 ? line.length : Math.max(first, line.length - mostTold));
    if (line.length === 0) this.#lines.delete(topic);
  }
}
