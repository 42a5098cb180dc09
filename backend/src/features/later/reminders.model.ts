import mongoose, { Schema, type Types } from "mongoose";

export interface ReminderDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  messageId: Types.ObjectId;
  channelId: Types.ObjectId;
  note: string | null;
  remindAt: Date;
  /** Not to be taken before: the time itself, or the end of a process's lease. */
  dueAt: Date;
  createdAt: Date;
}

const schema = new Schema<ReminderDocument>({
  userId: { type: Schema.ObjectId, required: true },
  messageId: { type: Schema.ObjectId, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  note: { type: String, default: null },
  remindAt: { type: Date, required: true },
  dueAt: { type: Date, required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ userId: 1, messageId: 1 }, { unique: true });
schema.index({ userId: 1, remindAt: 1, _id: 1 });
schema.index({ dueAt: 1 });

export const ReminderModel = mongoose.model<ReminderDocument>("Reminder", schema, "reminders");
