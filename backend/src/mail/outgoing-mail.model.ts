import mongoose, { Schema, type Types } from "mongoose";

/** What mail there is. The words and the links are made when it is sent: no link waits in the database. */
const mailKinds = [
  "registration",
  "welcome",
  "password_reset",
  "password_changed",
  "email_change",
  "email_changed",
  "lockout",
  "token_created",
  "two_factor_changed",
  "unread",
] as const;
export type MailKind = (typeof mailKinds)[number];

export interface OutgoingMailDocument {
  _id: Types.ObjectId;
  kind: MailKind;
  to: string;
  /** Whom it is about, where that is not the address itself. */
  userId: Types.ObjectId | null;
  /** What else the words need; never a secret. */
  note: string | null;
  /** Tries begun. */
  attempts: number;
  /** Not to be touched before: the next try, or the end of the present one's lease. */
  dueAt: Date;
  createdAt: Date;
}

const schema = new Schema<OutgoingMailDocument>({
  kind: { type: String, enum: mailKinds, required: true },
  to: { type: String, required: true },
  userId: { type: Schema.ObjectId, default: null },
  note: { type: String, default: null },
  attempts: { type: Number, required: true },
  dueAt: { type: Date, required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ dueAt: 1 });

export const OutgoingMailModel = mongoose.model<OutgoingMailDocument>("OutgoingMail", schema, "outgoingMail");
