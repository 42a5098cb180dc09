import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { onChannelChange } from "../../messages/changes";
import { Pace } from "../segments/pace";
import { SegmentGone } from "../segments/page-loader";
import { consolidate, sweep } from "./consolidate";
import { indexSome } from "./index-messages";
import { Lease } from "./lease";
import { beginAnew, Outrun } from "./manifest";

/** Milliseconds from a change until it is indexed: what comes in between goes with it. (It is found all the same.) */
const settling = 1000;
/** Milliseconds between two looks at all channels, for what other processes wrote or a crash left. */
const interval = 60_000;
const leaseDuration = 30_000;

/** Whoever was outrun tries again: something has been done all the same. */
function unlessOutrun(error: unknown): true {
  if (error instanceof Outrun) return true;
  throw error;
}

/**
 * Keeps the search index level with the messages, in every process; one at a time does it. Each step is committed as a whole,
 * so a process may die at any moment, and two at once do nothing wrong: one of them has worked in vain.
 */
export class SearchIndexer {
  readonly #lease: Lease;
  readonly #rest: number;
  /** Channels that have changed; absent: look at all. */
  #changed: Set<string> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #isStopping = false;
  #endListening: (() => void) | undefined;

  /**
   * @param duration how long this process, should it die, keeps the others from going on, in milliseconds
   * @param rest how many times as long as it works it leaves the processor to others
   */
  constructor(
    readonly logger: Logger,
    { duration = leaseDuration, rest = 1 }: { duration?: number; rest?: number } = {},
  ) {
    this.#lease = new Lease("indexing", randomUUID(), duration);
    this.#rest = rest;
  }

  start(): void {
    this.#isStopping = false;
    this.#endListening = onChannelChange((channelId) => {
      this.#changed?.add(channelId);
      this.#wakeIn(settling);
    });
    this.#timer = setInterval(() => void this.run(), interval).unref();
    void this.run();
  }

  /** Resolves when what is under way is done, or given up. */
  async stop(): Promise<void> {
    this.#endListening?.();
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#isStopping = true;
    await this.#running;
  }

  /** Looks at all channels, and brings the index level with them unless another process is doing so. */
  run(): Promise<void> {
    this.#changed = undefined;
    return this.#wake();
  }

  #wakeIn(milliseconds: number): void {
    if (!this.#isStopping) this.#soon ??= setTimeout(() => void this.#wake(), milliseconds).unref();
  }

  #wake(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#again = true;
    this.#running ??= this.#drain().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#isStopping) {
      this.#again = false;
      await this.#work();
    }
  }

  async #work(): Promise<void> {
    const changed = this.#changed;
    try {
      // Another process is at it: ours waits for its turn.
      if (!(await this.#lease.take())) return this.#wakeIn(2 * settling);
      this.#changed = new Set();
      await this.#index(changed && [...changed]);
      await this.#lease.giveBack();
    } catch (error) {
      this.#changed = undefined;
      this.logger.warn({ err: error }, "the search index cannot be brought level, trying again");
      if (error instanceof SegmentGone) await beginAnew().catch(() => undefined);
      this.#wakeIn(5 * settling);
    }
  }

  /** New messages do not wait for segments to be merged: both go on at once. */
  async #index(channels: string[] | undefined): Promise<void> {
    const isWanted = async () => !this.#isStopping && (await this.#lease.take());
    let merging: Promise<void> | undefined;
    let failure: unknown;
    const mergeAll = async () => {
      while ((await isWanted()) && (await consolidate(new Pace(this.#rest), isWanted).catch(unlessOutrun)));
    };
    // Fails on its own: nobody waits for it yet.
    const merge = () => mergeAll().catch((error: unknown) => void (failure = error));
    for (let isMore = true; isMore && !failure && (await isWanted());) {
      isMore = await indexSome(channels, new Pace(this.#rest)).catch(unlessOutrun);
      merging ??= merge().finally(() => (merging = undefined));
    }
    await merging;
    if (!failure) await merge();
    if (failure) throw failure;
    if (channels === undefined && (await isWanted())) await sweep().catch(unlessOutrun);
  }
}
