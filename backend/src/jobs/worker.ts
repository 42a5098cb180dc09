import type { Logger } from "pino";

interface Options {
  /** For the log. */
  name: string;
  /** Milliseconds between looks for what other processes left, or what has become due. */
  interval: number;
  /** How many pieces one process works on at once. */
  lanes?: number;
}

/**
 * Does what is waiting in the database, piece by piece, in every process: `next` takes one piece (under a lease, so that two
 * processes do not take the same, and one whose process died is taken again) and does it.
 */
export class Worker {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #isStopping = false;

  /** @param next takes and does one piece; false when nothing is due */
  constructor(
    readonly next: () => Promise<boolean>,
    readonly options: Options,
    readonly logger: Logger,
  ) {}

  start(): void {
    this.#isStopping = false;
    this.#timer = setInterval(() => void this.run(), this.options.interval);
    this.#timer.unref();
    void this.run();
  }

  /** Takes nothing further; resolves when what is under way is done. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopping = true;
    await this.#running;
  }

  /** Does everything that is due now. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#drain().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#isStopping) {
      this.#again = false;
      await Promise.all(Array.from({ length: this.options.lanes ?? 1 }, () => this.#lane()));
    }
  }

  async #lane(): Promise<void> {
    try {
      while (!this.#isStopping && (await this.next()));
    } catch (error) {
      // The database is away, most likely; the next look will tell.
      this.logger.warn({ err: error, worker: this.options.name }, "a worker could not go on");
    }
  }
}
