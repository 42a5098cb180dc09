import type { ChannelType } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

export interface ChannelDocument {
  _id: Types.ObjectId;
  type: ChannelType;
  name: string | null;
  /** Present on public channels only: their names are unique. A private name must not be found out by trying it. */
  publicName?: string;
  description: string | null;
  /** Present on direct messages only: the sorted ids of those in it, so that there is one conversation a group of people. */
  dmKey?: string;
  /** Everybody who registers joins it. */
  isDefault: boolean;
  createdBy: Types.ObjectId;
  createdAt: Date;
  memberCount: number;
  /** Raised by every durable change of the channel's messages, in the transaction that makes it. */
  rev: number;
  /** Messages ever posted that count as unread: with a member's `readCount` it gives their unread count without counting. */
  messageCount: number;
  archivedAt?: Date | null;
  /** Raised when somebody moves their mark back, for deletions beside it to conflict with. */
  marks?: number;
  lastMessage: {
    id: Types.ObjectId;
    userId: Types.ObjectId;
    userName: string;
    excerpt: string;
    createdAt: Date;
  } | null;
}

const schema = new Schema<ChannelDocument>({
  type: { type: String, enum: ["public", "private", "dm"], required: true },
  name: { type: String, default: null },
  publicName: String,
  description: { type: String, default: null },
  dmKey: String,
  isDefault: { type: Boolean, default: false },
  createdBy: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
  memberCount: { type: Number, required: true },
  rev: { type: Number, default: 0 },
  messageCount: { type: Number, default: 0 },
  archivedAt: { type: Date, default: null },
  marks: Number,
  lastMessage: {
    type: new Schema(
      { id: Schema.ObjectId, userId: Schema.ObjectId, userName: String, excerpt: String, createdAt: Date },
      { _id: false, id: false },
    ),
    default: null,
  },
});
schema.index({ publicName: 1 }, { unique: true, sparse: true });
schema.index({ dmKey: 1 }, { unique: true, sparse: true });
schema.index({ isDefault: 1 });

export const ChannelModel = mongoose.model<ChannelDocument>("Channel", schema, "channels");
