/**
 * Milliseconds: a gap waits a moment for the event that fills it; the index behind delivery settles within seconds. Nothing but
 * the regular sync tells of a last message whose delivery failed: 30 s after it at the latest (tests/faults, scenario 8).
 */
export const syncTimes = { gap: 50, settle: 3_000, regular: 25_000, retry: 5_000 };

export interface SyncerDependencies {
  /** Asks the server and takes in what it says. */
  sync(): Promise<void>;
  /** A change was heard of that has not been taken in. */
  isBehind(): boolean;
}

/** Decides when to sync. At most one is in flight; wishes that arrive meanwhile become one more. */
export class Syncer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Infinity;
  private inFlight = false;
  private running = false;
  private fruitless = 0;

  constructor(private readonly deps: SyncerDependencies) {}

  start(): void {
    this.running = true;
    this.request(syncTimes.regular);
  }

  stop(): void {
    this.running = false;
    this.cancel();
  }

  /** Sync within `delay` milliseconds; an earlier wish stands. */
  request(delay: number): void {
    const dueAt = Date.now() + delay;
    if (!this.running || dueAt >= this.dueAt) return;
    this.cancel();
    this.dueAt = dueAt;
    if (!this.inFlight) this.timer = setTimeout(() => void this.run(), delay);
  }

  /** After events: fills a gap if there is one, unless the sync in flight does. A gap that stays is asked about ever more slowly. */
  considerGap(): void {
    if (!this.inFlight && this.deps.isBehind()) this.request(syncTimes.gap * 2 ** Math.min(this.fruitless, 10));
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
  }

  private async run(): Promise<void> {
    this.cancel();
    this.inFlight = true;
    const next = await this.deps.sync().then(
      () => syncTimes.regular,
      () => syncTimes.retry,
    );
    this.inFlight = false;
    this.fruitless = this.deps.isBehind() ? this.fruitless + 1 : 0;
    const wanted = this.dueAt === Infinity ? next : Math.max(0, this.dueAt - Date.now());
    this.dueAt = Infinity;
    this.request(wanted);
    this.considerGap();
  }
}
