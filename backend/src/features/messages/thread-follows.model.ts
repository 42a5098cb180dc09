import mongoose, { Schema, type Types } from "mongoose";

/** Somebody's standing in one thread. */
export interface ThreadFollowDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  /** The message that the thread hangs under. */
  messageId: Types.ObjectId;
  channelId: Types.ObjectId;
  isFollowing: boolean;
  lastReadSeq: number;
  unreadCount: number;
  mentionCount: number;
  /** `unreadCount > 0`, to sort by. */
  isUnread: boolean;
  lastReplyAt: Date | null;
  version: number;
}

const schema = new Schema<ThreadFollowDocument>({
  userId: { type: Schema.ObjectId, required: true },
  messageId: { type: Schema.ObjectId, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  isFollowing: { type: Boolean, required: true },
  lastReadSeq: { type: Number, required: true },
  unreadCount: { type: Number, required: true },
  mentionCount: { type: Number, required: true },
  isUnread: { type: Boolean, required: true },
  lastReplyAt: { type: Date, default: null },
  version: { type: Number, required: true },
});
schema.index({ messageId: 1, userId: 1 }, { unique: true });
schema.index({ userId: 1, isFollowing: 1, isUnread: -1, lastReplyAt: -1, _id: -1 });
schema.index({ userId: 1, channelId: 1 });

export const ThreadFollowModel = mongoose.model<ThreadFollowDocument>("ThreadFollow", schema, "threadFollows");
