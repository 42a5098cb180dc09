import type { Count, SharedLimit } from "../../db/shared-limit";

interface Crowd {
  /** Attempts under way in this process. */
  under: number;
  waiting: (() => void)[];
}

/**
 * Lets attempts through as long as a limit lasts. Each is counted before it is tried, so that many at once are not each the
 * first; but those under way may turn out to be right and take their count back. So whoever comes over the limit waits for
 * them, and is refused when none is left: an office that signs in at nine is let in, one after the other.
 */
export class Turnstile {
  readonly #crowds = new Map<string, Crowd>();

  constructor(readonly limit: SharedLimit) {}

  /** @returns the count with this attempt, `isOver` when it is refused. Whoever is let in must `leave`. */
  async enter(key: string): Promise<Count> {
    for (;;) {
      const count = await this.limit.use(key);
      const crowd = this.#crowds.get(key);
      if (!count.isOver) {
        if (crowd) crowd.under++;
        else this.#crowds.set(key, { under: 1, waiting: [] });
        return count;
      }
      await this.limit.giveBack(key);
      if (!crowd || crowd.under === 0) {
        this.#wakeOne(key);
        return count;
      }
      await new Promise<void>((resolve) => crowd.waiting.push(resolve));
    }
  }

  leave(key: string): void {
    const crowd = this.#crowds.get(key);
    if (!crowd) return;
    crowd.under--;
    this.#wakeOne(key);
  }

  /** One at a time: the next is woken by whatever becomes of this one. */
  #wakeOne(key: string): void {
    const crowd = this.#crowds.get(key);
    const next = crowd?.waiting.shift();
    if (next) next();
    else if (crowd?.under === 0) this.#crowds.delete(key);
  }
}
