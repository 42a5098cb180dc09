import type { Event } from "@connectbest/contract";

/** Milliseconds between two tries, and after which what could not be told is given up: clients ask by themselves by then. */
const interval = 2000;
const patience = 60_000;
/** Of one topic the last so many are told again: whoever hears one sees what is missing before it. */
const mostEvents = 20;
const mostTopics = 10_000;

interface Missed {
  events: Event[];
  since: number;
}

/**
 * Tells again what could not be told while the table of connections or the gateway was away. Without it the last thing said in
 * a channel would be found by the next regular sync alone.
 */
export class Redelivery {
  readonly #missed = new Map<string, Missed>();
  #isWaiting = false;

  constructor(readonly deliver: (topic: string, events: Event[]) => Promise<void>) {}

  /** Typing is not worth it: it is over by then. */
  note(topic: string, events: Event[]): void {
    const lasting = events.filter(({ type }) => type !== "typing");
    const missed = this.#missed.get(topic) ?? { events: [], since: Date.now() };
    if (lasting.length === 0 || (this.#missed.size >= mostTopics && missed.events.length === 0)) return;
    missed.events = [...missed.events, ...lasting].slice(-mostEvents);
    this.#missed.set(topic, missed);
    this.#wait();
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => void this.#tellAgain(), interval).unref();
  }

  async #tellAgain(): Promise<void> {
    for (const [topic, { events, since }] of this.#missed) {
      const given = [...events];
      try {
        await this.deliver(topic, given);
      } catch {
        if (Date.now() - since > patience) this.#missed.delete(topic);
        // Still away, most likely for all of them.
        else break;
      }
      this.#leave(topic, given);
    }
    this.#isWaiting = false;
    if (this.#missed.size > 0) this.#wait();
  }

  /** What was missed while these were told stays. */
  #leave(topic: string, told: Event[]): void {
    const missed = this.#missed.get(topic);
    if (!missed) return;
    missed.events = missed.events.filter((event) => !told.includes(event));
    if (missed.events.length === 0) this.#missed.delete(topic);
  }
}
