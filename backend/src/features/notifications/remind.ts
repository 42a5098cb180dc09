import { Types } from "mongoose";
import { MemberModel } from "../channels/members.model";
import type { ReminderDocument } from "../later/reminders.model";
import { MessageModel } from "../messages/messages.model";
import { NotificationModel, type NotificationDocument } from "./notifications.model";
import { publishNotifications, timingsOf } from "./tell";

/** A reminder has become due. Called again for the same one (a process died in between) it changes nothing. */
export async function remind(reminder: ReminderDocument): Promise<void> {
  const { _id, userId, channelId, messageId, note, remindAt } = reminder;
  const member = await MemberModel.findOne({ channelId, userId }).lean();
  const message = await MessageModel.findById(messageId).lean();
  if (!member || !message || message.deletedAt) return;
  const now = new Date();
  const keeping = { userId, kind: "reminder", muted: member.muted, level: member.level } as const;
  const timings = await timingsOf([keeping], now);
  const { pushAt = null, mailAt = null } = timings.get(userId.toHexString()) ?? {};
  const row: NotificationDocument = {
    _id: new Types.ObjectId(),
    userId,
    // With its time: one that is moved while it is told is to come again.
    key: `reminder:${_id.toHexString()}:${remindAt.getTime()}`,
    kind: "reminder",
    channelId,
    messageId,
    parentId: message.parentId ?? null,
    actorId: null,
    detail: note,
    count: 1,
    seq: message.seq,
    isRead: false,
    at: now,
    pushAt,
    mailAt,
  };
  const { userId: owner, key, ...rest } = row;
  const written = await NotificationModel.updateOne({ userId: owner, key }, { $setOnInsert: rest }, { upsert: true });
  if (written.upsertedCount > 0) await publishNotifications([row], timings);
}
