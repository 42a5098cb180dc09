import type { Metrics } from "@connectbest/websocket";
import type { Logger } from "pino";
import { oldestOverdue } from "./queue-age";

/** Milliseconds between two lines. */
const interval = 60_000;

/** Tells CloudWatch each minute what this process delivered, and how long the oldest work has been waiting. */
export class MetricsReport {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    readonly metrics: Metrics,
    readonly logger: Logger,
  ) {}

  start(): void {
    this.#timer = setInterval(() => void (this.#running = this.report()), interval);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    this.metrics.flush();
  }

  async report(): Promise<void> {
    try {
      this.metrics.gauge("QueueAge", await oldestOverdue());
    } catch (error) {
      this.logger.warn({ err: error }, "the queues could not be looked at");
    }
    this.metrics.flush();
  }
}
