import type { NotificationKind } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

/** Of these one notice stands for many messages. */
export const foldingKinds: readonly NotificationKind[] = ["dm", "thread_reply"];

export interface NotificationDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  /** What it is about: a message that calls, a conversation, a thread, a message's reactions. One row each. */
  key: string;
  kind: NotificationKind;
  channelId: Types.ObjectId;
  messageId: Types.ObjectId;
  /** Of replies: the message that the thread hangs under. */
  parentId: Types.ObjectId | null;
  actorId: Types.ObjectId | null;
  detail: string | null;
  count: number;
  /** Of conversations and threads: the first message that it stands for. */
  firstSeq?: number;
  /** Of reactions: who gave which, so that the same one is not told twice. */
  reactions?: string[];
  /** The channel's revision of the latest thing that it stands for: what is not above it has been told. */
  seq: number;
  isRead: boolean;
  at: Date;
  /** When it goes to the person's browsers, if it is still unread then. */
  pushAt: Date | null;
  /** When it goes into a mail, if it is still unread then. */
  mailAt: Date | null;
  /** The mail that it went into. */
  mailId?: Types.ObjectId;
}

const schema = new Schema<NotificationDocument>({
  userId: { type: Schema.ObjectId, required: true },
  key: { type: String, required: true },
  kind: { type: String, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  messageId: { type: Schema.ObjectId, required: true },
  parentId: { type: Schema.ObjectId, default: null },
  actorId: { type: Schema.ObjectId, default: null },
  detail: { type: String, default: null },
  count: { type: Number, required: true },
  firstSeq: Number,
  reactions: { type: [String], default: undefined },
  seq: { type: Number, required: true },
  isRead: { type: Boolean, required: true },
  at: { type: Date, required: true },
  pushAt: { type: Date, default: null },
  mailAt: { type: Date, default: null },
  mailId: Schema.ObjectId,
});
schema.index({ userId: 1, key: 1 }, { unique: true });
schema.index({ userId: 1, at: -1, _id: -1 });
schema.index({ userId: 1, isRead: 1, at: -1, _id: -1 });
schema.index({ userId: 1, isRead: 1, channelId: 1 });
schema.index({ messageId: 1 });
schema.index({ pushAt: 1 });
schema.index({ mailAt: 1 });
schema.index({ userId: 1, mailAt: 1 });

export const NotificationModel = mongoose.model<NotificationDocument>("Notification", schema, "notifications");
