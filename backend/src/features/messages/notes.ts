import { randomUUID } from "node:crypto";
import type { SystemNoteKind } from "@connectbest/contract";
import { Types, type ClientSession } from "mongoose";
import { viewForAll } from "../channels/channel-views";
import type { ChannelDocument } from "../channels/channels.model";
import { advanceChannel } from "./advance-channel";
import { channelChanged } from "./changes";
import { MessageModel, type MessageDocument, type Note } from "./messages.model";
import { presentOne } from "./messages.presenter";
import { publish } from "../../realtime/publish";

export interface NoteDraft {
  channelId: Types.ObjectId;
  kind: SystemNoteKind;
  /** Who did it. */
  by: Types.ObjectId;
  /** Whom it happened to, where that is somebody else. */
  to?: Types.ObjectId | undefined;
  before?: string | null | undefined;
  after?: string | null | undefined;
}

/** Notes in the channel itself what happens to it, in the transaction that makes it happen. It is nothing unread. */
export async function addNote(draft: NoteDraft, session: ClientSession): Promise<MessageDocument> {
  const { channelId, kind, by, to, before = null, after = null } = draft;
  const { rev, messageCount } = await advanceChannel(channelId, { by: 1, evenArchived: true }, session);
  const note: Note = { kind, userId: to ?? null, before, after };
  const now = new Date();
  const message: MessageDocument = {
    _id: new Types.ObjectId(),
    channelId,
    seq: rev,
    rev,
    position: messageCount,
    userId: by,
    content: "",
    clientMessageId: randomUUID(),
    createdAt: now,
    updatedAt: now,
    parentId: null,
    note,
  };
  await MessageModel.collection.insertOne(message, { session });
  return message;
}

/** Tells a channel of a new note after the commit, with what has become of the channel by it. */
export async function publishNote(note: MessageDocument, channel?: ChannelDocument): Promise<void> {
  channelChanged(note.channelId.toHexString());
  const message = await presentOne(note);
  const { channelId, rev } = message;
  const facts = channel && { channel: await viewForAll(channel) };
  publish(channelId, { type: "message.created", channelId, rev, message, ...facts });
}
