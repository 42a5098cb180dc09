import { userTopic, type Reminder } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Logger } from "pino";
import { isDuplicateKey } from "../../db/transaction";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { notFound } from "../../http/errors";
import { Worker } from "../../jobs/worker";
import { publish } from "../../realtime/publish";
import { MemberModel } from "../channels/members.model";
import { findLiveMessage } from "../messages/find-message";
import { MessageModel } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import { parseMoment } from "./moments";
import { ReminderModel, type ReminderDocument } from "./reminders.model";

/** How long one process may take to remind, in milliseconds, before another does. */
const lease = 60_000;

/** With their messages; those whose message is gone, or no longer theirs to read, are left out. */
async function present(reminders: ReminderDocument[], userId: Types.ObjectId): Promise<Reminder[]> {
  const channelIds = reminders.map((reminder) => reminder.channelId);
  const mine = await MemberModel.find({ userId, channelId: { $in: channelIds } }, { channelId: 1 }).lean();
  const joined = new Set(mine.map((member) => member.channelId.toHexString()));
  const ids = reminders.flatMap(({ channelId, messageId }) => (joined.has(channelId.toHexString()) ? messageId : []));
  const messages = await presentMessages(await MessageModel.find({ _id: { $in: ids } }).lean());
  const byId = new Map(messages.map((message) => [message.id, message]));
  return reminders.flatMap(({ _id, messageId, remindAt, note, createdAt }) => {
    const message = byId.get(messageId.toHexString());
    if (!message || message.isDeleted) return [];
    return [
      {
        id: _id.toHexString(),
        message,
        remindAt: remindAt.toISOString(),
        note,
        createdAt: createdAt.toISOString(),
      },
    ];
  });
}

/** One reminder a message: asking again moves it. */
export async function create(
  actor: Actor,
  body: { messageId: string; remindAt: string; note?: string | null | undefined },
): Promise<{ reminder: Reminder }> {
  const remindAt = parseMoment(body.remindAt, "remindAt");
  const { message } = await findLiveMessage(body.messageId, actor.userId);
  const key = { userId: actor.userId, messageId: message._id };
  const change = {
    $set: { remindAt, dueAt: remindAt, note: body.note || null },
    $setOnInsert: { channelId: message.channelId, createdAt: new Date() },
  };
  const write = () => ReminderModel.findOneAndUpdate(key, change, { upsert: true, returnDocument: "after" }).lean();
  const saved = await write().catch((error: unknown) => {
    if (isDuplicateKey(error)) return write();
    throw error;
  });
  const [reminder] = await present(saved ? [saved] : [], actor.userId);
  // Deleted, or left, while it was made.
  if (!reminder) throw notFound("This message");
  publish(userTopic(actor.userId.toHexString()), { type: "reminder.updated", reminder });
  return { reminder };
}

export async function cancel(actor: Actor, id: string): Promise<void> {
  const { deletedCount } = await ReminderModel.deleteOne({ _id: id, userId: actor.userId });
  if (deletedCount > 0) publish(userTopic(actor.userId.toHexString()), { type: "reminder.removed", id });
}

export async function list(actor: Actor, page: { limit: number; cursor?: string | undefined }) {
  const order = { by: "remindAt", direction: 1 } as const;
  const { found, nextCursor } = await findDatePage(ReminderModel, { userId: actor.userId }, order, page);
  return {
    reminders: await present(found, actor.userId),
    nextCursor,
  };
}

/**
 * Reminds of what has become due. @param remind tells the person; telling twice (a process died in between) must be telling
 * once
 */
export const reminderWorker = (remind: (reminder: ReminderDocument) => Promise<void>, logger: Logger): Worker =>
  new Worker(
    async () => {
      const now = Date.now();
      const due = await ReminderModel.findOneAndUpdate(
        { dueAt: { $lte: new Date(now) } },
        { $set: { dueAt: new Date(now + lease) } },
        { sort: { dueAt: 1 } },
      ).lean();
      if (!due) return false;
      await remind(due);
      // Moved meanwhile: then it is to come again.
      const { deletedCount } = await ReminderModel.deleteOne({ _id: due._id, remindAt: due.remindAt });
      if (deletedCount > 0)
        publish(userTopic(due.userId.toHexString()), { type: "reminder.removed", id: due._id.toHexString() });
      return true;
    },
    { name: "reminders", interval: 1000 },
    logger,
  );
