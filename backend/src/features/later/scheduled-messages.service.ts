import { randomUUID } from "node:crypto";
import { userTopic, type Message, type ScheduledMessage } from "@connectbest/contract";
import { Types, type QueryFilter } from "mongoose";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { conflict, forbidden, invalidRequest, notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { isOpen } from "../channels/channels.policy";
import { keepFiles, loadAttachable } from "../files/attach";
import { MessageModel } from "../messages/messages.model";
import type { Limits } from "../messages/messages.service";
import { letFilesGo } from "./let-files-go";
import { parseMoment } from "./moments";
import { ScheduledMessageModel, type ScheduledMessageDocument } from "./scheduled-messages.model";
import { presentScheduled } from "./scheduled-messages.presenter";
import { sendScheduled, takeScheduled } from "./send-scheduled";

/** One person's waiting messages: more are a mistake of some program. */
const mostWaiting = 200;

function tell(scheduled: ScheduledMessageDocument): { scheduledMessage: ScheduledMessage } {
  const scheduledMessage = presentScheduled(scheduled);
  publish(userTopic(scheduled.userId.toHexString()), { type: "scheduled.updated", scheduledMessage });
  return { scheduledMessage };
}

interface Body {
  channelId: string;
  parentMessageId?: string | undefined;
  content: string;
  fileIds: string[];
  sendAt: string;
}

export async function schedule(actor: Actor, body: Body): Promise<{ scheduledMessage: ScheduledMessage }> {
  const sendAt = parseMoment(body.sendAt, "sendAt");
  const { channel } = await findJoinedChannel(body.channelId, actor.userId);
  if (!isOpen(channel)) throw forbidden("This channel is archived: nothing more is said in it.");
  const parent = body.parentMessageId ? await MessageModel.findById(body.parentMessageId).lean() : null;
  if (body.parentMessageId && !parent?.channelId.equals(channel._id)) throw notFound("This message");
  if ((await ScheduledMessageModel.countDocuments({ userId: actor.userId })) >= mostWaiting)
    throw conflict(`You have ${mostWaiting} scheduled messages. Send or cancel some first.`);
  const attachments = await loadAttachable(body.fileIds, actor.userId);
  await keepFiles(
    attachments.map(({ id }) => id),
    actor.userId,
    sendAt,
  );
  const now = new Date();
  const scheduled: ScheduledMessageDocument = {
    _id: new Types.ObjectId(),
    userId: actor.userId,
    channelId: channel._id,
    parentId: parent ? (parent.parentId ?? parent._id) : null,
    content: body.content,
    attachments,
    sendAt,
    clientMessageId: randomUUID(),
    status: "waiting",
    failure: null,
    dueAt: sendAt,
    leasedUntil: null,
    createdAt: now,
    updatedAt: now,
  };
  await ScheduledMessageModel.create([scheduled]);
  return tell(scheduled);
}

/** Theirs, and not leaving at this very moment. @throws not_found, conflict */
async function refuse(actor: Actor, id: string): Promise<never> {
  if (await ScheduledMessageModel.exists({ _id: id, userId: actor.userId }))
    throw conflict("This message is leaving right now: edit or delete it where it arrives.");
  throw notFound("This scheduled message");
}

const atRest = (actor: Actor, id: string): QueryFilter<ScheduledMessageDocument> => ({
  _id: id,
  userId: actor.userId,
  $or: [{ leasedUntil: null }, { leasedUntil: { $lte: new Date() } }],
});

export async function change(
  actor: Actor,
  id: string,
  { content, sendAt }: { content?: string | undefined; sendAt?: string | undefined },
): Promise<{ scheduledMessage: ScheduledMessage }> {
  const at = sendAt === undefined ? undefined : parseMoment(sendAt, "sendAt");
  const current = await ScheduledMessageModel.findOne({ _id: id, userId: actor.userId }).lean();
  if (!current) throw notFound("This scheduled message");
  if (content?.trim() === "" && current.attachments.length === 0)
    throw invalidRequest("Write something, or cancel the message instead.", [
      { path: "body.content", message: "Must not be empty." },
    ]);
  if (current.status === "failed" && !at)
    throw invalidRequest("Choose a new time: the old one is over.", [
      { path: "body.sendAt", message: "Must be given for a message that could not be sent." },
    ]);
  const next = at ?? current.sendAt;
  await keepFiles(
    current.attachments.map((file) => file.id),
    actor.userId,
    next,
  );
  const changed = await ScheduledMessageModel.findOneAndUpdate(
    // Another device may have moved it meanwhile: its time is not to be taken for this one.
    { ...atRest(actor, id), sendAt: current.sendAt },
    {
      $set: {
        ...(content !== undefined && { content }),
        sendAt: next,
        // A try that was broken off may have left another.
        dueAt: next,
        status: "waiting",
        failure: null,
        leasedUntil: null,
        updatedAt: new Date(),
      },
    },
    { returnDocument: "after" },
  ).lean();
  if (changed) return tell(changed);
  const isMoved = await ScheduledMessageModel.exists({ ...atRest(actor, id), sendAt: { $ne: current.sendAt } });
  return isMoved ? change(actor, id, { content, sendAt }) : refuse(actor, id);
}

export async function cancel(actor: Actor, id: string): Promise<void> {
  const cancelled = await ScheduledMessageModel.findOneAndDelete(atRest(actor, id)).lean();
  if (!cancelled) {
    if (await ScheduledMessageModel.exists({ _id: id, userId: actor.userId })) await refuse(actor, id);
    return;
  }
  await letFilesGo([cancelled]);
  publish(userTopic(actor.userId.toHexString()), { type: "scheduled.removed", id });
}

export async function sendNow(actor: Actor, id: string, limits: Limits): Promise<{ message: Message }> {
  const taken = await takeScheduled(atRest(actor, id));
  if (!taken) return refuse(actor, id);
  return { message: await sendScheduled(taken, actor, limits) };
}

export async function list(actor: Actor, page: { limit: number; cursor?: string | undefined }) {
  const order = { by: "sendAt", direction: 1 } as const;
  const { found, nextCursor } = await findDatePage(ScheduledMessageModel, { userId: actor.userId }, order, page);
  return {
    scheduledMessages: found.map(presentScheduled),
    nextCursor,
  };
}
