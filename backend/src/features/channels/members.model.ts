import type { ChannelRole } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

export interface MemberDocument {
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  userId: Types.ObjectId;
  role: ChannelRole;
  joinedAt: Date;
  /** `seq` of the last message read. Only ever rises. */
  lastReadSeq: number;
  /** How many of the channel's messages that is: unread = channel.messageCount - readCount. Only ever rises. */
  readCount: number;
}

const schema = new Schema<MemberDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  userId: { type: Schema.ObjectId, required: true },
  role: { type: String, enum: ["admin", "member"], required: true },
  joinedAt: { type: Date, required: true },
  lastReadSeq: { type: Number, required: true },
  readCount: { type: Number, required: true },
});
schema.index({ channelId: 1, userId: 1 }, { unique: true });
schema.index({ userId: 1, channelId: 1 });
schema.index({ channelId: 1, joinedAt: 1, _id: 1 });

export const MemberModel = mongoose.model<MemberDocument>("Member", schema, "members");
