import type { Event, Presence, UserStatus } from "@connectbest/contract";
import type { LiveUser } from "@connectbest/websocket";
import type { Actor } from "../../http/actor";
import { publish, findLiveUsers, tellOf } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { presentUser, type VisibleUser } from "../users/users.presenter";
import { loadUsers } from "../users/users.service";

/** What was told of somebody is told again after a day, in seconds: a row that nobody removes must not silence them. */
const toldFor = 24 * 3600;
/** Milliseconds before a change is told: whoever reloads a page has not been away. */
export const settleTime = 2500;

/** @param chosen what they chose to show, once it has not expired */
export function statusOf(live: Pick<LiveUser, "isIdle"> | undefined, chosen: UserStatus): UserStatus {
  if (!live) return "offline";
  if (chosen !== "online") return chosen;
  return live.isIdle ? "away" : "online";
}

function presenceOf(user: VisibleUser, live: LiveUser | undefined): Presence {
  const { id, status, statusMessage } = presentUser(user);
  return { userId: id, status: statusOf(live, status), statusMessage };
}

/** Who is here now. Where that cannot be told, nobody is: a dot too few misleads less than one too many. */
export async function list(): Promise<{ presence: Presence[] }> {
  const live = (await findLiveUsers()) ?? [];
  const users = new Map(
    (await loadUsers(live.map(({ userId }) => userId))).map((user) => [user._id.toHexString(), user]),
  );
  const presence = live.flatMap((one) => {
    const user = users.get(one.userId);
    return user ? [presenceOf(user, one)] : [];
  });
  return { presence: presence.filter(({ status }) => status !== "offline") };
}

async function tell(userIds: string[]): Promise<void> {
  const isDone = await tellOf(userIds, toldFor, async (live) => {
    const users = await loadUsers(userIds);
    return new Map(
      users.map((user): [string, Event] => {
        const id = user._id.toHexString();
        return [id, { type: "presence", ...presenceOf(user, live.get(id)) }];
      }),
    );
  });
  // Nobody else would ask again before they come or go the next time.
  if (!isDone) userIds.forEach(refreshSoon);
}

const settling = new Set<string>();

/** Tells the workspace of somebody once their comings and goings have settled. Lost with the process: presence passes. */
export function refreshSoon(userId: string): void {
  if (settling.size === 0)
    setTimeout(() => {
      const userIds = [...settling];
      settling.clear();
      void tell(userIds);
    }, settleTime).unref();
  settling.add(userId);
}

/** Somebody chose another status: that is told at once. */
export const refreshNow = (userId: string): Promise<void> => tell([userId]);

export async function setTyping(
  actor: Actor,
  channelId: string,
  typing: { isTyping: boolean; parentMessageId?: string | undefined },
): Promise<void> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  const userId = actor.userId.toHexString();
  publish(channel._id.toHexString(), { type: "typing", channelId, userId, userName: actor.name, ...typing });
}
