import { Types } from "mongoose";
import { MemberModel } from "../channels/members.model";
import type { MessageDocument } from "../messages/messages.model";
import { loadUsers } from "../users/users.service";
import { NotificationModel, type NotificationDocument } from "./notifications.model";
import { publishNotifications, publishRead } from "./tell";

/** Who gave which, but for the author themselves. */
const givenBy = (message: MessageDocument): { userId: Types.ObjectId; emoji: string; pair: string }[] =>
  (message.reactions ?? []).flatMap(({ emoji, userIds }) =>
    userIds
      .filter((userId) => !userId.equals(message.userId))
      .map((userId) => ({ userId, emoji, pair: `${userId.toHexString()} ${emoji}` })),
  );

/** Whether there is still somebody to tell: who deletes their account stays in the conversations of two that they had. */
async function isThere(userId: Types.ObjectId, channelId: Types.ObjectId): Promise<boolean> {
  if (!(await MemberModel.exists({ channelId, userId }))) return false;
  const [user] = await loadUsers([userId]);
  return user !== undefined && !user.deletedAt;
}

/** Tells a message's author of reactions that are new; takes back those that were taken back. */
export async function noteReactions(message: MessageDocument): Promise<void> {
  const given = givenBy(message);
  const { userId, channelId, _id: messageId } = message;
  const key = `reactions:${messageId.toHexString()}`;
  const known = await NotificationModel.findOne({ userId, key }).lean();
  if (!known && given.length === 0) return;
  if (known && given.length === 0) {
    await NotificationModel.deleteOne({ _id: known._id });
    return void (await publishRead(userId, [known._id], null));
  }
  const told = new Set(known?.reactions ?? []);
  const latest = given.findLast(({ pair }) => !told.has(pair));
  const reactions = given.map(({ pair }) => pair);
  if (!latest)
    return void (await NotificationModel.updateOne({ userId, key }, { $set: { reactions, count: given.length } }));
  if (message.bot || !(await isThere(userId, channelId))) return;
  const row: NotificationDocument = {
    _id: known?._id ?? new Types.ObjectId(),
    userId,
    key,
    kind: "reaction",
    channelId,
    messageId,
    parentId: message.parentId ?? null,
    actorId: latest.userId,
    detail: latest.emoji,
    count: given.length,
    reactions,
    seq: message.rev,
    isRead: false,
    at: message.updatedAt,
    pushAt: null,
    mailAt: null,
  };
  await NotificationModel.collection.replaceOne({ _id: row._id }, row, { upsert: true });
  await publishNotifications([row], new Map());
}
