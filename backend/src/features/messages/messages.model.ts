import type { Forwarded, LinkPreview, SystemNoteKind } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";
import type { Attachment } from "../files/files.model";

export interface Note {
  kind: SystemNoteKind;
  userId: Types.ObjectId | null;
  before: string | null;
  after: string | null;
}

/** What most messages are not is absent from them: they are many. */
export interface MessageDocument {
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  /** The channel revision that created it: its place in the order. */
  seq: number;
  /** The channel revision of its last change. */
  rev: number;
  /** How many messages that count as unread the channel had with this one. */
  position: number;
  /** The author: a person, or an incoming webhook (see `bot`). */
  userId: Types.ObjectId;
  /** Empty where files say it all, where it was deleted, and of system messages: their words are made when they are read. */
  content: string;
  /** The sender's key, or one made here: with `userId` unique forever. */
  clientMessageId: string;
  createdAt: Date;
  updatedAt: Date;
  /** Present on system messages only. */
  note?: Note;
  /** Present where a webhook speaks: the name it speaks under. */
  bot?: { name: string };
  /** The message whose thread this is a reply in; absent or `null` for what stands in the channel itself. */
  parentId?: Types.ObjectId | null;
  replyCount?: number;
  lastReplyAt?: Date;
  /** The latest five who replied, latest first. */
  participantIds?: Types.ObjectId[];
  attachments?: Attachment[];
  reactions?: { emoji: string; userIds: Types.ObjectId[] }[];
  mentions?: Types.ObjectId[];
  mentionsChannel?: boolean;
  pinnedAt?: Date;
  editedAt?: Date;
  deletedAt?: Date;
  forwarded?: Forwarded;
  previews?: LinkPreview[];
}

const ids = { type: [Schema.ObjectId], default: undefined };
const schema = new Schema<MessageDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  seq: { type: Number, required: true },
  rev: { type: Number, required: true },
  position: { type: Number, required: true },
  userId: { type: Schema.ObjectId, required: true },
  content: { type: String, default: "" },
  clientMessageId: { type: String, required: true },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
  note: Schema.Types.Mixed,
  bot: Schema.Types.Mixed,
  parentId: Schema.ObjectId,
  replyCount: Number,
  lastReplyAt: Date,
  participantIds: ids,
  attachments: { type: [Schema.Types.Mixed], default: undefined },
  reactions: { type: [Schema.Types.Mixed], default: undefined },
  mentions: ids,
  mentionsChannel: Boolean,
  pinnedAt: Date,
  editedAt: Date,
  deletedAt: Date,
  forwarded: Schema.Types.Mixed,
  previews: { type: [Schema.Types.Mixed], default: undefined },
});
// A channel's own messages (parentId null) and each of its threads, in their order.
schema.index({ channelId: 1, parentId: 1, seq: 1 }, { unique: true });
schema.index({ channelId: 1, rev: 1 });
schema.index({ userId: 1, clientMessageId: 1 }, { unique: true });

export const MessageModel = mongoose.model<MessageDocument>("Message", schema, "messages");
