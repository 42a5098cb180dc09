import type { Logger } from "pino";
import { onRead } from "../messages/changes";
import { settleRead, type Mark } from "./settle";

/** Clears notices as this process moves marks; what it misses the next look at the list still shows as it is. */
export class ClearOnRead {
  readonly #underWay = new Set<Promise<void>>();
  #unlisten: (() => void) | undefined;

  constructor(readonly logger: Logger) {}

  start(): void {
    this.#unlisten ??= onRead((mark) => this.#clear(mark));
  }

  /** Takes nothing further; resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#unlisten?.();
    this.#unlisten = undefined;
    await this.settled();
  }

  /** Resolves when the notices of all marks moved so far are cleared. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #clear(mark: Mark): void {
    const clearing = settleRead(mark)
      .catch((error: unknown) => this.logger.warn({ err: error }, "notices could not be cleared"))
      .finally(() => this.#underWay.delete(clearing));
    this.#underWay.add(clearing);
  }
}
