import mongoose, { Schema, type Types } from "mongoose";

export interface SessionDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  createdAt: Date;
  expiresAt: Date;
  ip: string | null;
  userAgent: string | null;
}

const schema = new Schema<SessionDocument>({
  userId: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  ip: { type: String, default: null },
  userAgent: { type: String, default: null },
});
schema.index({ userId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** A bearer is good exactly as long as its row is here. */
export const SessionModel = mongoose.model<SessionDocument>("Session", schema, "sessions");
