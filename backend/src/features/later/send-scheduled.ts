import { userTopic, type Message } from "@connectbest/contract";
import type { QueryFilter } from "mongoose";
import type { Logger } from "pino";
import { ApiError } from "../../http/errors";
import { Worker } from "../../jobs/worker";
import { publish } from "../../realtime/publish";
import { MessageModel } from "../messages/messages.model";
import { presentOne } from "../messages/messages.presenter";
import { send, type Limits, type Sender } from "../messages/messages.service";
import { UserModel } from "../users/users.model";
import { ScheduledMessageModel, type ScheduledMessageDocument } from "./scheduled-messages.model";
import { presentScheduled } from "./scheduled-messages.presenter";

/** How long one process may take over sending, in milliseconds, before another begins again. */
const lease = 60_000;
/** Milliseconds until the next try when it was nobody's fault. */
const patience = 15_000;
/** What will not be better in a while. */
const lasting = new Set(["not_found", "forbidden", "conflict", "invalid_request"]);

/** Takes one that matches, for as long as the lease lasts. */
export const takeScheduled = (
  filter: QueryFilter<ScheduledMessageDocument>,
): Promise<ScheduledMessageDocument | null> => {
  const until = new Date(Date.now() + lease);
  return ScheduledMessageModel.findOneAndUpdate(
    filter,
    { $set: { leasedUntil: until, dueAt: until } },
    { sort: { dueAt: 1 }, returnDocument: "after" },
  ).lean();
};

/** Sent before by a process that died before it could say so: then that is what was sent, whatever was changed since. */
async function findSent({ userId, clientMessageId }: ScheduledMessageDocument): Promise<Message | null> {
  const sent = await MessageModel.findOne({ userId, clientMessageId }).lean();
  return sent && presentOne(sent);
}

async function attempt(scheduled: ScheduledMessageDocument, sender: Sender, limits: Limits): Promise<Message> {
  const sent = await findSent(scheduled);
  if (sent) return sent;
  const body = {
    content: scheduled.content,
    clientMessageId: scheduled.clientMessageId,
    ...(scheduled.parentId && { parentMessageId: scheduled.parentId.toHexString() }),
    fileIds: scheduled.attachments.map(({ id }) => id.toHexString()),
  };
  const { message } = await send(sender, scheduled.channelId.toHexString(), body, limits, { isAbsent: true });
  return message;
}

/** @param again when it is tried again, if that can help */
async function settleFailure(scheduled: ScheduledMessageDocument, error: unknown, again: Date): Promise<void> {
  const isLasting = error instanceof ApiError && lasting.has(error.code);
  const changed = await ScheduledMessageModel.findOneAndUpdate(
    { _id: scheduled._id, leasedUntil: scheduled.leasedUntil },
    {
      $set: isLasting
        ? {
            status: "failed",
            failure: error.message,
            leasedUntil: null,
            dueAt: scheduled.sendAt,
            updatedAt: new Date(),
          }
        : { leasedUntil: null, dueAt: again },
    },
    { returnDocument: "after" },
  ).lean();
  if (isLasting && changed)
    publish(userTopic(scheduled.userId.toHexString()), {
      type: "scheduled.updated",
      scheduledMessage: presentScheduled(changed),
    });
}

/**
 * Sends one that was taken. Its key makes it one message, however many processes try.
 * @param again when it is tried again after a failure that passes: its own time, unless that has come
 * @throws why it could not be sent
 */
export async function sendScheduled(
  scheduled: ScheduledMessageDocument,
  sender: Sender,
  limits: Limits,
  again = scheduled.sendAt,
): Promise<Message> {
  try {
    const message = await attempt(scheduled, sender, limits);
    await ScheduledMessageModel.deleteOne({ _id: scheduled._id });
    publish(userTopic(scheduled.userId.toHexString()), { type: "scheduled.removed", id: scheduled._id.toHexString() });
    return message;
  } catch (error) {
    await settleFailure(scheduled, error, again);
    throw error;
  }
}

async function findSender({ userId }: ScheduledMessageDocument): Promise<Sender> {
  const user = await UserModel.findById(userId).lean();
  if (!user || user.deletedAt || user.suspendedAt)
    throw new ApiError("forbidden", "Your account could not send messages at that time.");
  return { userId, name: user.name, avatarUrl: user.avatarUrl };
}

/** Sends what has become due. */
export const scheduledWorker = (limits: Limits, logger: Logger): Worker =>
  new Worker(
    async () => {
      const taken = await takeScheduled({ status: "waiting", dueAt: { $lte: new Date() } });
      if (!taken) return false;
      const soon = new Date(Date.now() + patience);
      try {
        const sender = await findSender(taken).catch(async (error: unknown) => {
          await settleFailure(taken, error, soon);
          throw error;
        });
        await sendScheduled(taken, sender, limits, soon);
      } catch (error) {
        logger.warn({ err: error, scheduledMessage: taken._id.toHexString() }, "a scheduled message could not be sent");
      }
      return true;
    },
    { name: "scheduled messages", interval: 1000, lanes: 2 },
    logger,
  );
