/** What is counted: `DeliveredEvents` and `StaleConnections` by whoever delivers, `QueueAge` (seconds) by the API. */
type Name = "DeliveredEvents" | "StaleConnections" | "FailedPosts" | "QueueAge";

const units: Record<Name, "Count" | "Seconds"> = {
  DeliveredEvents: "Count",
  StaleConnections: "Count",
  FailedPosts: "Count",
  QueueAge: "Seconds",
};

export interface Metrics {
  count(name: Name, by: number): void;
  /** The highest since the last flush is told. */
  gauge(name: Name, value: number): void;
  /** Writes down what was counted since the last time. */
  flush(): void;
}

export const noMetrics: Metrics = { count: () => undefined, gauge: () => undefined, flush: () => undefined };

/**
 * CloudWatch's embedded metric format: one line of JSON in the log, from which CloudWatch makes metrics by itself. No call, no
 * agent, nothing to be away.
 */
class EmbeddedMetrics implements Metrics {
  readonly #values = new Map<Name, number>();

  constructor(
    readonly namespace: string,
    readonly write: (line: string) => void,
  ) {}

  count(name: Name, by: number): void {
    if (by > 0) this.#values.set(name, (this.#values.get(name) ?? 0) + by);
  }

  gauge(name: Name, value: number): void {
    this.#values.set(name, Math.max(this.#values.get(name) ?? 0, value));
  }

  flush(): void {
    if (this.#values.size === 0) return;
    const values = Object.fromEntries(this.#values) as Partial<Record<Name, number>>;
    this.#values.clear();
    const Metrics = (Object.keys(values) as Name[]).map((Name) => ({ Name, Unit: units[Name] }));
    const directive = { Namespace: this.namespace, Dimensions: [[]], Metrics };
    this.write(`${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] }, ...values })}\n`);
  }
}

/** @param namespace absent, nothing is written */
export const createMetrics = (
  namespace: string | undefined,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Metrics => (namespace ? new EmbeddedMetrics(namespace, write) : noMetrics);
