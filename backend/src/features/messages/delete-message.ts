import type { Types } from "mongoose";
import { type ClientSession } from "mongoose";
import type { Actor } from "../../http/actor";
import { forbidden } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { viewForAll } from "../channels/channel-views";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import { releaseFiles } from "../files/attach";
import { advanceChannel, excerptOf, type Advanced, type LastMessage } from "./advance-channel";
import { publishChange } from "./change-message";
import { channelChanged } from "./changes";
import { inChannelOrder } from "./channel-queue";
import { demandMember } from "./demand-member";
import { findReadableMessage } from "./find-message";
import { MessageModel, type MessageDocument } from "./messages.model";
import { canDelete } from "./messages.policy";
import { presentMessages, presentOne } from "./messages.presenter";
import { PinModel } from "./pins.model";
import { removeReply } from "./remove-reply";
import type { ThreadFollowDocument } from "./thread-follows.model";
import { publishThread } from "./thread-news";
import { VersionModel } from "./versions.model";

/** What stays of a deleted message is its place, its times and whom it had called (for their counts' sake). */
const emptied = {
  $unset: {
    attachments: 1,
    reactions: 1,
    pinnedAt: 1,
    editedAt: 1,
    forwarded: 1,
    previews: 1,
  },
} as const;

/** The newest message that still stands in the channel itself, for the list of channels. */
async function lastStanding(channelId: Types.ObjectId, session: ClientSession): Promise<LastMessage | null> {
  const filter = { channelId, parentId: null, deletedAt: { $exists: false }, note: { $exists: false } };
  const last = await MessageModel.findOne(filter).sort({ seq: -1 }).session(session).lean();
  if (!last) return null;
  const [presented] = await presentMessages([last]);
  return {
    id: last._id,
    userId: last.userId,
    userName: presented?.user.name ?? "",
    excerpt: excerptOf(last.content || (last.attachments ?? []).map(({ name }) => name).join(", ")),
    createdAt: last.createdAt,
  };
}

/** Whoever had not read it has one less to read. */
async function uncount(message: MessageDocument, { type }: Advanced, session: ClientSession): Promise<void> {
  const { channelId, seq, userId, mentions, mentionsChannel } = message;
  const unread = { channelId, lastReadSeq: { $lt: seq } };
  await MemberModel.updateMany({ ...unread, userId: { $ne: userId } }, { $inc: { readCount: 1 } }, { session });
  if (type === "dm" || (!mentions && !mentionsChannel)) return;
  await MemberModel.updateMany(
    { ...unread, userId: { $ne: userId, ...(!mentionsChannel && mentions && { $in: mentions }) } },
    { $inc: { mentionCount: -1 } },
    { session },
  );
}

interface Removed {
  /** What is left of it; absent when it was deleted before. */
  deleted?: MessageDocument;
  /** The message whose thread it stood in. */
  parent?: MessageDocument;
  follows: ThreadFollowDocument[];
  /** The channel, where another message is the last one now. */
  channel?: ChannelDocument | null;
}

async function remove(message: MessageDocument, by: Types.ObjectId, session: ClientSession): Promise<Removed> {
  const { _id, channelId, parentId } = message;
  await demandMember(channelId, by, session);
  const current = await MessageModel.findById(_id).session(session).lean();
  if (!current || current.deletedAt) return { follows: [] };
  const advanced = await advanceChannel(channelId, { by: parentId ? 2 : 1 }, session);
  const rev = parentId ? advanced.rev - 1 : advanced.rev;
  const now = new Date();
  const changed = await MessageModel.findByIdAndUpdate(
    _id,
    { $set: { content: "", deletedAt: now, updatedAt: now, rev }, ...emptied },
    { session, returnDocument: "after" },
  ).lean();
  await VersionModel.deleteMany({ messageId: _id }, { session });
  await PinModel.deleteOne({ messageId: _id }, { session });
  if (current.attachments)
    await releaseFiles(
      current.attachments.map(({ id }) => id),
      _id,
      session,
    );
  const deleted = changed ?? current;
  if (parentId) return { deleted, ...(await removeReply(current, advanced.rev, session)) };
  await uncount(current, advanced, session);
  if (!advanced.lastMessage?.id.equals(_id)) return { deleted, follows: [] };
  const channel = await ChannelModel.findByIdAndUpdate(
    channelId,
    { $set: { lastMessage: await lastStanding(channelId, session) } },
    { session, returnDocument: "after" },
  ).lean();
  return { deleted, follows: [], channel };
}

/** Empties a message for everybody. Deleting twice is deleting once. */
export async function deleteMessage(actor: Actor, messageId: string): Promise<void> {
  const { message, member } = await findReadableMessage(messageId, actor.userId);
  if (!canDelete(message, actor, member))
    throw forbidden("Only its author or an administrator of the channel can delete a message.");
  const { deleted, parent, follows, channel } = await inChannelOrder(message.channelId, (session) =>
    remove(message, actor.userId, session),
  );
  if (!deleted) return;
  // First: what follows from it must not wait for a look at all channels because one of the next fails.
  channelChanged(message.channelId.toHexString());
  const left = await presentOne(deleted);
  const { channelId, rev } = left;
  const facts = channel && { channel: await viewForAll(channel) };
  publish(channelId, { type: "message.deleted", channelId, rev, message: left, ...facts });
  if (parent) await publishChange(parent);
  follows.forEach(publishThread);
}
