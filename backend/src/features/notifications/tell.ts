import { userTopic, type NotificationKind } from "@connectbest/contract";
import type { Types } from "mongoose";
import { publish } from "../../realtime/publish";
import { loadUsers } from "../users/users.service";
import { countUnread, countUnreadOf } from "./count-unread";
import type { NotificationDocument } from "./notifications.model";
import { presentNotifications } from "./notifications.presenter";
import { isCalling, isQuiet } from "./quiet";
import { loadSettings } from "./settings.service";

/** Milliseconds before a notice goes to somebody's browsers: whoever is looking has read it by then. */
const pushDelay = 5_000;

/** How somebody keeps the place that a notice comes from. */
export interface Keeping {
  userId: Types.ObjectId;
  kind: NotificationKind;
  muted: boolean;
  level: "all" | "mentions" | "nothing";
}

export interface Timing {
  isLoud: boolean;
  pushAt: Date | null;
  mailAt: Date | null;
}

/** When a notice may be heard, pushed and mailed, for many people at once. Whose account is gone is not among them. */
export async function timingsOf(keepings: Keeping[], now: Date): Promise<Map<string, Timing>> {
  const byId = new Map(keepings.map((keeping) => [keeping.userId.toHexString(), keeping]));
  if (byId.size === 0) return new Map();
  const ids = [...byId.values()].map(({ userId }) => userId);
  const settings = await loadSettings(ids);
  const timings = new Map<string, Timing>();
  for (const user of await loadUsers(ids)) {
    const id = user._id.toHexString();
    const [own, keeping] = [settings.get(id), byId.get(id)];
    if (!own || !keeping || user.deletedAt) continue;
    const { notifications: preference, timezone } = user.preferences;
    const isToHear = !user.suspendedAt && isCalling({ ...keeping, preference });
    const isLoud = isToHear && !isQuiet(own, timezone, now);
    const pushAt = isLoud ? new Date(now.getTime() + pushDelay) : null;
    const mailAt = isToHear && own.mail.isOn ? new Date(now.getTime() + own.mail.afterMinutes * 60_000) : null;
    timings.set(id, { isLoud, pushAt, mailAt });
  }
  return timings;
}

/** Shows notices on all devices of their people. */
export async function publishNotifications(rows: NotificationDocument[], timings: Map<string, Timing>): Promise<void> {
  if (rows.length === 0) return;
  const shown = new Map((await presentNotifications(rows)).map((notification) => [notification.id, notification]));
  const counts = await countUnreadOf(rows.map(({ userId }) => userId));
  for (const row of rows) {
    const notification = shown.get(row._id.toHexString());
    if (!notification) continue;
    const id = row.userId.toHexString();
    publish(userTopic(id), {
      type: "notification",
      notification,
      unreadCount: counts.get(id) ?? 0,
      isLoud: timings.get(id)?.isLoud === true,
    });
  }
}

/** Tells all devices of whoever had these that they are gone. */
export async function publishGone(rows: Pick<NotificationDocument, "_id" | "userId">[]): Promise<void> {
  const idsOf = new Map<string, string[]>();
  for (const { _id, userId } of rows) {
    const id = userId.toHexString();
    idsOf.set(id, [...(idsOf.get(id) ?? []), _id.toHexString()]);
  }
  const counts = await countUnreadOf(rows.map(({ userId }) => userId));
  for (const [id, ids] of idsOf)
    publish(userTopic(id), { type: "notifications.read", ids, upTo: null, unreadCount: counts.get(id) ?? 0 });
}

/** Tells all devices of somebody that these are seen, or gone. */
export async function publishRead(
  userId: Types.ObjectId,
  ids: Types.ObjectId[] | null,
  upTo: Date | null,
): Promise<number> {
  const unreadCount = await countUnread(userId);
  publish(userTopic(userId.toHexString()), {
    type: "notifications.read",
    ids: ids && ids.map((id) => id.toHexString()),
    upTo: upTo?.toISOString() ?? null,
    unreadCount,
  });
  return unreadCount;
}
