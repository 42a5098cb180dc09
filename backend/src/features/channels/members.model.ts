import type { ChannelRole, NotificationLevel } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

export interface MemberDocument {
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  userId: Types.ObjectId;
  role: ChannelRole;
  joinedAt: Date;
  /** `seq` of the last message read. */
  lastReadSeq: number;
  /** How many of the channel's messages are not unread to them: unread = channel.messageCount - readCount. */
  readCount: number;
  /** How many of the unread ones call them; of a direct message it is not kept. */
  mentionCount: number;
  muted: boolean;
  level: NotificationLevel;
  isFavourite: boolean;
  sectionId: Types.ObjectId | null;
  /** Raised by every change of theirs. */
  version: number;
}

/** How somebody starts who has just come in. */
export const newcomer = {
  mentionCount: 0,
  muted: false,
  level: "all",
  isFavourite: false,
  sectionId: null,
  version: 0,
} as const satisfies Partial<MemberDocument>;

const schema = new Schema<MemberDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  userId: { type: Schema.ObjectId, required: true },
  role: { type: String, enum: ["admin", "member"], required: true },
  joinedAt: { type: Date, required: true },
  lastReadSeq: { type: Number, required: true },
  readCount: { type: Number, required: true },
  mentionCount: { type: Number, default: 0 },
  muted: { type: Boolean, default: false },
  level: { type: String, enum: ["all", "mentions", "nothing"], default: "all" },
  isFavourite: { type: Boolean, default: false },
  sectionId: { type: Schema.ObjectId, default: null },
  version: { type: Number, default: 0 },
});
schema.index({ channelId: 1, userId: 1 }, { unique: true });
schema.index({ userId: 1, channelId: 1 });
schema.index({ channelId: 1, joinedAt: 1, _id: 1 });

export const MemberModel = mongoose.model<MemberDocument>("Member", schema, "members");
