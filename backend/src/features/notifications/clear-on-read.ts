import type { Logger } from "pino";
import { onRead } from "../messages/changes";
import { settleRead } from "./settle";

/** Clears notices as this process moves marks; what it misses the next look at the list still shows as it is. */
export const clearOnRead = (logger: Logger): (() => void) =>
  onRead((mark) => {
    settleRead(mark).catch((error: unknown) => logger.warn({ err: error }, "notices could not be cleared"));
  });
