import { Types } from "mongoose";
import type { Logger } from "pino";
import { inTransaction } from "../../db/transaction";
import { Worker } from "../../jobs/worker";
import { enqueueMail } from "../../mail/outbox";
import { findMailable } from "./mailable";
import { NotificationModel } from "./notifications.model";
import { mailPause, UnreadMailModel } from "./unread-mails.model";

/** Puts one mail into the outbox for all that somebody has not read and was not mailed; its words are made as it leaves. */
async function mailTo(userId: Types.ObjectId, now: Date): Promise<void> {
  const person = await findMailable(userId);
  await inTransaction(async (session) => {
    const last = await UnreadMailModel.findById(userId).session(session).lean();
    const next = new Date((last?.mailedAt.getTime() ?? 0) + mailPause);
    if (next > now) {
      const due = { userId, mailAt: { $lte: now } };
      return void (await NotificationModel.updateMany(due, { $set: { mailAt: next } }, { session }));
    }
    const mailId = new Types.ObjectId();
    const change = { $set: { mailAt: null, mailId } };
    // First of all: of two processes one meets the other here.
    await NotificationModel.updateMany({ userId, mailAt: { $ne: null } }, change, { session });
    if (!person) return;
    await UnreadMailModel.updateOne({ _id: userId }, { $set: { mailedAt: now } }, { session, upsert: true });
    await enqueueMail({ _id: mailId, kind: "unread", to: person.email, userId }, session);
  });
}

/** Mails people what stays unread: one mail for all of it, and no other within the hour. */
export const unreadMailWorker = (logger: Logger): Worker =>
  new Worker(
    async () => {
      const now = new Date();
      const due = await NotificationModel.findOne({ mailAt: { $lte: now } }, { userId: 1 })
        .sort({ mailAt: 1 })
        .lean();
      if (due) await mailTo(due.userId, now);
      return due !== null;
    },
    { name: "unread mail", interval: 15_000 },
    logger,
  );
