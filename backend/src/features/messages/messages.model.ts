import mongoose, { Schema, type Types } from "mongoose";

export interface MessageDocument {
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  /** The channel revision that created it: its place in the order. */
  seq: number;
  /** The channel revision of its last change. */
  rev: number;
  /** How many messages the channel had with this one: what a reader who has read it has read. */
  position: number;
  userId: Types.ObjectId;
  content: string;
  /** The sender's key, or one made here: with `userId` unique forever. */
  clientMessageId: string;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<MessageDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  seq: { type: Number, required: true },
  rev: { type: Number, required: true },
  position: { type: Number, required: true },
  userId: { type: Schema.ObjectId, required: true },
  content: { type: String, required: true },
  clientMessageId: { type: String, required: true },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
});
schema.index({ channelId: 1, seq: 1 }, { unique: true });
schema.index({ channelId: 1, rev: 1 });
schema.index({ userId: 1, clientMessageId: 1 }, { unique: true });

export const MessageModel = mongoose.model<MessageDocument>("Message", schema, "messages");
