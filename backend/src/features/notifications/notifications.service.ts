import type { Notification } from "@connectbest/contract";
import { Types } from "mongoose";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { MemberModel } from "../channels/members.model";
import { countUnread } from "./count-unread";
import { NotificationModel, type NotificationDocument } from "./notifications.model";
import { presentNotifications } from "./notifications.presenter";
import { publishRead } from "./tell";

/** Only of channels that they are still in: who has left is shown nothing of what was said there. */
export async function stillTheirs(
  userId: Types.ObjectId,
  rows: NotificationDocument[],
): Promise<NotificationDocument[]> {
  const channelIds = [...new Set(rows.map((row) => row.channelId.toHexString()))];
  const members = await MemberModel.find({ userId, channelId: { $in: channelIds } }, { channelId: 1 }).lean();
  const joined = new Set(members.map((member) => member.channelId.toHexString()));
  return rows.filter((row) => joined.has(row.channelId.toHexString()));
}

export async function list(
  actor: Actor,
  page: { limit: number; cursor?: string | undefined; unread: "true" | "false" },
): Promise<{ notifications: Notification[]; unreadCount: number; nextCursor: string | null }> {
  const filter = { userId: actor.userId, ...(page.unread === "true" && { isRead: false }) };
  const order = { by: "at", direction: -1 } as const;
  const { found, nextCursor } = await findDatePage(NotificationModel, filter, order, page);
  return {
    notifications: await presentNotifications(await stillTheirs(actor.userId, found)),
    unreadCount: await countUnread(actor.userId),
    nextCursor,
  };
}

/** These, or everything up to a moment, or everything. */
export async function read(
  actor: Actor,
  { ids, upTo }: { ids?: string[] | undefined; upTo?: string | undefined },
): Promise<{ unreadCount: number }> {
  const moment = upTo ? new Date(upTo) : new Date();
  const which = ids ? { _id: { $in: ids } } : { at: { $lte: moment } };
  const { modifiedCount } = await NotificationModel.updateMany(
    { userId: actor.userId, isRead: false, ...which },
    { $set: { isRead: true, pushAt: null, mailAt: null } },
  );
  if (modifiedCount === 0) return { unreadCount: await countUnread(actor.userId) };
  const seen = ids ? ids.map((id) => new Types.ObjectId(id)) : null;
  return { unreadCount: await publishRead(actor.userId, seen, ids ? null : moment) };
}
