import type { Message, MessageVersion } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { forbidden, invalidRequest } from "../../http/errors";
import { ChannelModel } from "../channels/channels.model";
import { excerptOf } from "./advance-channel";
import { changeMessage } from "./change-message";
import { findLiveMessage, findReadableMessage } from "./find-message";
import { canEdit } from "./messages.policy";
import { VersionModel } from "./versions.model";

/** Rewrites one's own message and keeps what it said. An edit calls nobody anew: it may be a week later. */
export async function edit(actor: Actor, messageId: string, content: string): Promise<{ message: Message }> {
  const { message } = await findLiveMessage(messageId, actor.userId);
  if (!canEdit(message, actor)) throw forbidden("Only its author can edit a message.");
  const changed = await changeMessage(message, actor.userId, async (current, session) => {
    if (current.content === content) return null;
    if (content.trim() === "" && !current.attachments?.length && !current.forwarded)
      throw invalidRequest("Write something, or delete the message instead.", [
        { path: "body.content", message: "Must not be empty." },
      ]);
    const writtenAt = current.editedAt ?? current.createdAt;
    await VersionModel.create(
      [{ _id: new Types.ObjectId(), messageId: current._id, content: current.content, writtenAt }],
      { session },
    );
    await ChannelModel.updateOne(
      { _id: current.channelId, "lastMessage.id": current._id },
      { $set: { "lastMessage.excerpt": excerptOf(content) } },
      { session },
    );
    // What was said of its links is asked anew.
    return { $set: { content, editedAt: new Date() }, $unset: { previews: 1 } };
  });
  return { message: changed };
}

export async function history(actor: Actor, messageId: string): Promise<{ versions: MessageVersion[] }> {
  const { message } = await findReadableMessage(messageId, actor.userId);
  const versions = await VersionModel.find({ messageId: message._id }).sort({ _id: 1 }).lean();
  return {
    versions: versions.map(({ content, writtenAt }) => ({ content, writtenAt: writtenAt.toISOString() })),
  };
}
