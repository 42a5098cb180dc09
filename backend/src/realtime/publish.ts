import type { Event } from "@connectbest/contract";
import type { Logger } from "pino";

/** The port through which features tell who hears of a change. Never a reason for a write to fail: sync is the truth. */
export interface Realtime {
  /** Sends events to every connection listening to a topic. */
  deliver(topic: string, events: Event[]): Promise<void>;
  /** Lets the users' live connections hear a channel from now on. */
  subscribe(userIds: string[], channelId: string): Promise<void>;
  unsubscribe(userId: string, channelId: string): Promise<void>;
  /** Says `session.revoked` to the session's sockets and closes them. */
  endSession(userId: string, sessionId: string): Promise<void>;
}

let port: Realtime | undefined;
let logger: Logger | undefined;

/** Called once at boot, and by tests with a recorder. */
export function useRealtime(realtime: Realtime, log: Logger): void {
  port = realtime;
  logger = log;
}

const survive = async (what: string, work: (realtime: Realtime) => Promise<void>): Promise<void> => {
  if (!port) throw new Error("useRealtime() has not been called.");
  try {
    await work(port);
  } catch (error) {
    logger?.warn({ err: error, what }, "live delivery failed; clients will catch up by sync");
  }
};

/** Tells a topic, without making the caller wait: the answer to a write never hangs on its delivery. */
export const publish = (topic: string, ...events: Event[]): void =>
  void survive("deliver", (realtime) => realtime.deliver(topic, events));

/** Awaited, so that what is published next already reaches the new listener. */
export const subscribe = (userIds: string[], channelId: string): Promise<void> =>
  survive("subscribe", (realtime) => realtime.subscribe(userIds, channelId));

export const unsubscribe = (userId: string, channelId: string): Promise<void> =>
  survive("unsubscribe", (realtime) => realtime.unsubscribe(userId, channelId));

/** Tried again when it fails: nobody else will close these sockets before their next frame. */
export const endSession = (userId: string, sessionId: string): Promise<void> =>
  survive("endSession", async (realtime) => {
    for (let attempt = 1; ; attempt++)
      try {
        return await realtime.endSession(userId, sessionId);
      } catch (error) {
        if (attempt === 3) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
      }
  });
