import mongoose, { Schema, type Types } from "mongoose";

/** Milliseconds between two mails to one person about what stays unread. */
export const mailPause = 3600_000;

interface UnreadMailDocument {
  /** The person's id. */
  _id: Types.ObjectId;
  /** When the last one was put into the outbox. */
  mailedAt: Date;
}

const schema = new Schema<UnreadMailDocument>({
  _id: { type: Schema.ObjectId, required: true },
  mailedAt: { type: Date, required: true },
});
schema.index({ mailedAt: 1 }, { expireAfterSeconds: (2 * mailPause) / 1000 });

export const UnreadMailModel = mongoose.model<UnreadMailDocument>("UnreadMail", schema, "unreadMails");
