/** So many are remembered: more than a gateway that dies leaves behind. */
const most = 20_000;
/** Connections that are forgotten side by side: those that come back meanwhile go first. */
const breadth = 2;

/**
 * Connections that are no more. A gateway that dies leaves its rows by the thousand, and every event finds them again until
 * they are deleted: each is deleted once, few at a time, and sent nothing meanwhile.
 */
export class GoneConnections {
  readonly #forgetting = new Map<string, Promise<void>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: breadth }, () => Promise.resolve());
  #next = 0;

  /** @param forget deletes a connection's rows */
  constructor(readonly forgetRows: (connectionId: string) => Promise<unknown>) {}

  has(connectionId: string): boolean {
    return this.#forgetting.has(connectionId);
  }

  /** Resolves when its rows are deleted. One that fails may be tried again. */
  forget(connectionId: string): Promise<void> {
    const under = this.#forgetting.get(connectionId);
    if (under) return under;
    const lane = this.#next++ % breadth;
    const forgotten = (this.#lanes[lane] ?? Promise.resolve()).then(
      async () => void (await this.forgetRows(connectionId)),
    );
    this.#lanes[lane] = forgotten.catch(() => this.#forgetting.delete(connectionId));
    this.#forgetting.set(connectionId, forgotten);
    const [oldest] = this.#forgetting.keys();
    if (this.#forgetting.size > most && oldest !== undefined) this.#forgetting.delete(oldest);
    return forgotten;
  }
}
