import mongoose, { Schema, type Types } from "mongoose";
import type { Attachment } from "../files/files.model";

export interface ScheduledMessageDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  channelId: Types.ObjectId;
  parentId: Types.ObjectId | null;
  content: string;
  attachments: Attachment[];
  sendAt: Date;
  /** The key it is sent under: however often it is tried, it is sent once. */
  clientMessageId: string;
  status: "waiting" | "failed";
  failure: string | null;
  /** Not to be taken before: the send time, the next try, or the end of the present one's lease. */
  dueAt: Date;
  /** A process is sending it until then at most. */
  leasedUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<ScheduledMessageDocument>({
  userId: { type: Schema.ObjectId, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  parentId: { type: Schema.ObjectId, default: null },
  content: { type: String, default: "" },
  attachments: { type: Schema.Types.Mixed, default: [] },
  sendAt: { type: Date, required: true },
  clientMessageId: { type: String, required: true },
  status: { type: String, enum: ["waiting", "failed"], required: true },
  failure: { type: String, default: null },
  dueAt: { type: Date, required: true },
  leasedUntil: { type: Date, default: null },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
});
schema.index({ status: 1, dueAt: 1 });
schema.index({ userId: 1, sendAt: 1, _id: 1 });

export const ScheduledMessageModel = mongoose.model<ScheduledMessageDocument>(
  "ScheduledMessage",
  schema,
  "scheduledMessages",
);
