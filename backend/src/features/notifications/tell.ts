import { userTopic, type NotificationKind } from "@connectbest/contract";
import type { Types } from "mongoose";
import { publish } from "../../realtime/publish";
import { loadUsers } from "../users/users.service";
import { NotificationModel, type NotificationDocument } from "./notifications.model";
import { presentNotifications } from "./notifications.presenter";
import { isCalling, isQuiet } from "./quiet";
import { loadSettings } from "./settings.service";

/** Milliseconds before a notice goes to somebody's browsers: whoever is looking has read it by then. */
const pushDelay = 5_000;

export const countUnread = (userId: Types.ObjectId): Promise<number> =>
  NotificationModel.countDocuments({ userId, isRead: false });

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

/** When a notice may be heard, pushed and mailed, for many people at once. */
export async function timingsOf(keepings: Keeping[], now: Date): Promise<Map<string, Timing>> {
  if (keepings.length === 0) return new Map();
  const ids = keepings.map(({ userId }) => userId);
  const settings = await loadSettings(ids);
  const users = new Map((await loadUsers(ids)).map((user) => [user._id.toHexString(), user]));
  return new Map(
    keepings.map(({ userId, ...keeping }): [string, Timing] => {
      const id = userId.toHexString();
      const [own, user] = [settings.get(id), users.get(id)];
      const silent = { isLoud: false, pushAt: null, mailAt: null };
      if (!own || !user || user.deletedAt || user.suspendedAt) return [id, silent];
      if (!isCalling({ ...keeping, preference: user.preferences.notifications })) return [id, silent];
      const mailAt = own.mail.isOn ? new Date(now.getTime() + own.mail.afterMinutes * 60_000) : null;
      const isLoud = !isQuiet(own, user.preferences.timezone, now);
      return [id, { isLoud, pushAt: isLoud ? new Date(now.getTime() + pushDelay) : null, mailAt }];
    }),
  );
}

/** Shows notices on all devices of their people. */
export async function publishNotifications(rows: NotificationDocument[], timings: Map<string, Timing>): Promise<void> {
  const shown = new Map((await presentNotifications(rows)).map((notification) => [notification.id, notification]));
  for (const row of rows) {
    const notification = shown.get(row._id.toHexString());
    if (!notification) continue;
    const id = row.userId.toHexString();
    publish(userTopic(id), {
      type: "notification",
      notification,
      unreadCount: await countUnread(row.userId),
      isLoud: timings.get(id)?.isLoud === true,
    });
  }
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
