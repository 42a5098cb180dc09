import type { Count, SharedLimit } from "./shared-limit";

interface Tally {
  /** Points used in this window, as far as this process knows. */
  used: number;
  /** Those of them that the database has not heard of. */
  untold: number;
  endsAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** Points after which the database is told at once, and milliseconds after which it is told anyway. */
const mostUntold = 10;
const longestUntold = 5000;

/**
 * A limit for what happens often: exact within this process, and level with the others every few seconds. Nobody waits for
 * the database, and it is asked a fraction as often; several processes together may let through a few more.
 */
export class SharedTally {
  readonly #tallies = new Map<string, Tally>();

  constructor(readonly limit: SharedLimit) {}

  use(key: string): Count {
    const now = Date.now();
    let tally = this.#tallies.get(key);
    if (!tally || tally.endsAt <= now) {
      this.#tell(key);
      tally = { used: 0, untold: 0, endsAt: now + this.limit.duration * 1000, timer: undefined };
      this.#tallies.set(key, tally);
    }
    const seconds = Math.max(1, Math.ceil((tally.endsAt - now) / 1000));
    const isOver = tally.used >= this.limit.points;
    if (!isOver) {
      tally.used++;
      this.#note(key, tally);
    }
    return { used: tally.used, isOver, isLast: tally.used === this.limit.points, seconds };
  }

  #note(key: string, tally: Tally): void {
    tally.untold++;
    if (tally.untold >= mostUntold) return this.#tell(key);
    tally.timer ??= setTimeout(() => this.#tell(key), longestUntold).unref();
  }

  #tell(key: string): void {
    const tally = this.#tallies.get(key);
    if (!tally) return;
    clearTimeout(tally.timer);
    tally.timer = undefined;
    const told = tally.untold;
    tally.untold = 0;
    if (told === 0) return this.#forgetOld(key, tally);
    this.limit.use(key, told).then(
      (count) => {
        // What others used counts too; what was used here meanwhile is not in it.
        tally.used = Math.max(tally.used, count.used + tally.untold);
        tally.endsAt = Date.now() + count.seconds * 1000;
        // Looked at once more after its end, to be forgotten.
        tally.timer ??= setTimeout(() => this.#tell(key), count.seconds * 1000).unref();
      },
      // The database is away, and then nothing can be written either.
      () => undefined,
    );
  }

  #forgetOld(key: string, tally: Tally): void {
    if (tally.endsAt <= Date.now() && this.#tallies.get(key) === tally) this.#tallies.delete(key);
  }
}
