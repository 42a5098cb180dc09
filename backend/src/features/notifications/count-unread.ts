import type { Types } from "mongoose";
import { MemberModel } from "../channels/members.model";
import { NotificationModel, type NotificationDocument } from "./notifications.model";

interface Group {
  _id: Pick<NotificationDocument, "userId" | "channelId">;
  count: number;
}

const placeOf = ({ userId, channelId }: Group["_id"]): string => `${userId.toHexString()} ${channelId.toHexString()}`;

/** How many notices are unread, for many people at once, by id: of channels that they are in, as the list shows them. */
export async function countUnreadOf(userIds: Types.ObjectId[]): Promise<Map<string, number>> {
  const counts = new Map(userIds.map((id) => [id.toHexString(), 0]));
  const $in = [...new Map(userIds.map((id) => [id.toHexString(), id])).values()];
  // Served by the index (userId, isRead, channelId) alone.
  const groups = await NotificationModel.aggregate<Group>([
    { $match: { userId: { $in }, isRead: false } },
    { $group: { _id: { userId: "$userId", channelId: "$channelId" }, count: { $sum: 1 } } },
  ]);
  if (groups.length === 0) return counts;
  const channelIds = [...new Map(groups.map(({ _id }) => [_id.channelId.toHexString(), _id.channelId])).values()];
  const members = await MemberModel.find(
    { userId: { $in }, channelId: { $in: channelIds } },
    { _id: 0, userId: 1, channelId: 1 },
  ).lean();
  const joined = new Set(members.map(placeOf));
  for (const { _id, count } of groups) {
    const id = _id.userId.toHexString();
    if (joined.has(placeOf(_id))) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}

export const countUnread = async (userId: Types.ObjectId): Promise<number> =>
  (await countUnreadOf([userId])).get(userId.toHexString()) ?? 0;
