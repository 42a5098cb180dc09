import mongoose, { Schema, type Types } from "mongoose";

/** How long it is remembered what was pushed, in seconds: much longer than a notice waits to be. */
const kept = 24 * 3600;

/** A notice on its way to one browser. */
export interface PushDocument {
  /** `notice seq subscription`: put into the line twice, it is there once. */
  _id: string;
  notificationId: Types.ObjectId;
  /** The state of the notice that it stands for. */
  seq: number;
  subscriptionId: string;
  attempts: number;
  /** Not to be taken before: the next try, or the end of the present one's lease. Absent once it is over. */
  dueAt?: Date;
  createdAt: Date;
}

const schema = new Schema<PushDocument>({
  _id: { type: String, required: true },
  notificationId: { type: Schema.ObjectId, required: true },
  seq: { type: Number, required: true },
  subscriptionId: { type: String, required: true },
  attempts: { type: Number, required: true },
  dueAt: Date,
  createdAt: { type: Date, required: true },
});
schema.index({ dueAt: 1 });
schema.index({ notificationId: 1, seq: 1 });
schema.index({ createdAt: 1 }, { expireAfterSeconds: kept });

export const PushModel = mongoose.model<PushDocument>("Push", schema, "pushes");
