import { workspaceTopic, type Event } from "@connectbest/contract";
import type { LiveUser } from "@connectbest/websocket";
import type { Logger } from "pino";
import { Redelivery } from "./redelivery";

/** The port through which features tell who hears of a change. Never a reason for a write to fail: sync is the truth. */
export interface Realtime {
  /** Sends events to every connection listening to a topic. */
  deliver(topic: string, events: Event[]): Promise<void>;
  /** Lets the users' live connections hear a channel from now on. */
  subscribe(userIds: string[], channelId: string): Promise<void>;
  unsubscribe(userId: string, channelId: string): Promise<void>;
  /** Says `session.revoked` to the session's sockets and closes them. */
  endSession(userId: string, sessionId: string): Promise<void>;
  /** The users who hear a channel now. */
  listenersOf(channelId: string): Promise<string[]>;
  /** Everybody of whom a device is connected, and whether all of them are idle. */
  liveUsers(): Promise<LiveUser[]>;
  liveUser(userId: string): Promise<LiveUser | undefined>;
  /** Remembers for all processes what was told of somebody; whether it is news. `lifetime` in seconds. */
  noteTold(userId: string, told: string, lifetime: number): Promise<boolean>;
}

interface Port {
  realtime: Realtime;
  redelivery: Redelivery;
}

let port: Port | undefined;
let logger: Logger | undefined;

/** Called once at boot, and by tests with a recorder. */
export function useRealtime(realtime: Realtime, log: Logger): void {
  port = { realtime, redelivery: new Redelivery((topic, events) => realtime.deliver(topic, events)) };
  logger = log;
}

function thePort(): Port {
  if (!port) throw new Error("useRealtime() has not been called.");
  return port;
}

/** @returns `null` when it failed */
const survive = async <T>(what: string, work: (port: Port) => Promise<T>): Promise<T | null> => {
  const port = thePort();
  try {
    return await work(port);
  } catch (error) {
    logger?.warn({ err: error, what }, "live delivery failed; it is tried again, and clients catch up by sync");
    return null;
  }
};

/** What must not be left undone for a call that failed: three times in all, a little later each. */
async function insist(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
    }
}

/** Tells a topic, without making the caller wait: the answer to a write never hangs on its delivery. */
export const publish = (topic: string, ...events: Event[]): void =>
  void survive("deliver", ({ redelivery }) => redelivery.tell(topic, events));

/** Awaited, so that what is published next already reaches the new listener. */
export const subscribe = async (userIds: string[], channelId: string): Promise<void> =>
  void (await survive("subscribe", ({ realtime }) => realtime.subscribe(userIds, channelId)));

/** Tried again when it fails: until it is done, who has left goes on hearing the channel. */
export const unsubscribe = async (userId: string, channelId: string): Promise<void> =>
  void (await survive("unsubscribe", ({ realtime }) => insist(() => realtime.unsubscribe(userId, channelId))));

/** Both for whoever tries again by themselves, later and for longer. @throws when it failed */
export const setListening = (userId: string, channelId: string, isListening: boolean): Promise<void> =>
  isListening ? thePort().realtime.subscribe([userId], channelId) : thePort().realtime.unsubscribe(userId, channelId);

/** Who hears a channel now; `null` when that cannot be told. */
export const findPresentUserIds = (channelId: string): Promise<string[] | null> =>
  survive("listenersOf", ({ realtime }) => realtime.listenersOf(channelId));

/** Everybody who is here; `null` when that cannot be told. */
export const findLiveUsers = (): Promise<LiveUser[] | null> =>
  survive("liveUsers", ({ realtime }) => realtime.liveUsers());

/** Past so many people it is cheaper to look at everybody who is here than at each. */
const fewPeople = 5;

async function findLive(realtime: Realtime, userIds: string[]): Promise<Map<string, LiveUser>> {
  const live =
    userIds.length > fewPeople
      ? await realtime.liveUsers()
      : (await Promise.all(userIds.map((id) => realtime.liveUser(id)))).flatMap((one) => one ?? []);
  return new Map(live.map((one) => [one.userId, one]));
}

/**
 * Tells the workspace of some people, as far as it is news, in one go: when everybody comes back at once, each device still
 * gets one frame.
 * @param present what to tell of each, as they are now
 * @returns false when it could not be found out, of all of them, what is news
 */
export const tellOf = async (
  userIds: string[],
  lifetime: number,
  present: (live: Map<string, LiveUser>) => Promise<Map<string, Event>>,
): Promise<boolean> => {
  const isDone = await survive("presence", async ({ realtime, redelivery }) => {
    const news: Event[] = [];
    try {
      for (const [userId, event] of await present(await findLive(realtime, userIds)))
        if (await realtime.noteTold(userId, JSON.stringify(event), lifetime)) news.push(event);
      return true;
    } finally {
      // Whatever happens next: it passes for told.
      if (news.length > 0) void survive("deliver", () => redelivery.tell(workspaceTopic, news));
    }
  });
  return isDone === true;
};

/** Tried again when it fails: nobody else will close these sockets before their next frame. */
export const endSession = async (userId: string, sessionId: string): Promise<void> =>
  void (await survive("endSession", ({ realtime }) => insist(() => realtime.endSession(userId, sessionId))));
