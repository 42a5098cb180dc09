import type { Message } from "@connectbest/contract";
import type { ClientSession, Types, UpdateQuery } from "mongoose";
import { notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { advanceChannel } from "./advance-channel";
import { demandMember } from "./demand-member";
import { channelChanged } from "./changes";
import { inChannelOrder } from "./channel-queue";
import { MessageModel, type MessageDocument } from "./messages.model";
import { presentOne } from "./messages.presenter";

/** What becomes of a message: the update (its revision is added), or `null` when it is so already. */
export type Change = (current: MessageDocument, session: ClientSession) => Promise<UpdateQuery<MessageDocument> | null>;

/** Tells a channel of a message that has changed in it. */
export async function publishChange(changed: MessageDocument): Promise<Message> {
  const message = await presentOne(changed);
  const { channelId, rev } = message;
  publish(channelId, { type: "message.updated", channelId, rev, message });
  return message;
}

/**
 * Changes a message that is still there, under its channel's next revision, and tells the channel. Whatever else must change
 * with it `change` writes through the session it is given.
 * @param by who changes it; `null` when it is the system itself
 * @param before tells, after the commit, of what came about with it under an earlier revision
 * @throws not_found when it was deleted meanwhile or they are no longer in the channel, forbidden when that is archived
 */
export async function changeMessage(
  message: MessageDocument,
  by: Types.ObjectId | null,
  change: Change,
  before?: () => Promise<void>,
): Promise<Message> {
  const { changed, also } = await inChannelOrder(message.channelId, async (session) => {
    if (by) await demandMember(message.channelId, by, session);
    const current = await MessageModel.findById(message._id).session(session).lean();
    if (!current || current.deletedAt) throw notFound("This message");
    const update = await change(current, session);
    if (!update) return { changed: current, also: false };
    const { rev } = await advanceChannel(message.channelId, { by: 1 }, session);
    const changed = await MessageModel.findByIdAndUpdate(
      message._id,
      { ...update, $set: { ...update.$set, rev, updatedAt: new Date() } },
      { session, returnDocument: "after" },
    ).lean();
    if (!changed) throw notFound("This message");
    return { changed, also: true };
  });
  if (!also) return presentOne(changed);
  channelChanged(message.channelId.toHexString());
  await before?.();
  return publishChange(changed);
}
