import mongoose, { Schema, type Types } from "mongoose";

/** A browser that is told, as long as the session is there in which it asked for that. */
export interface PushSubscriptionDocument {
  /** Fingerprint of the endpoint: a browser belongs to whoever subscribed it last. */
  _id: string;
  userId: Types.ObjectId;
  sessionId: Types.ObjectId;
  /** Where its push service takes messages for it. */
  endpoint: string;
  keys: { p256dh: string; auth: string };
  createdAt: Date;
  /** The session's. */
  expiresAt: Date;
}

const schema = new Schema<PushSubscriptionDocument>({
  _id: { type: String, required: true },
  userId: { type: Schema.ObjectId, required: true },
  sessionId: { type: Schema.ObjectId, required: true },
  endpoint: { type: String, required: true },
  keys: new Schema({ p256dh: String, auth: String }, { _id: false }),
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ userId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const PushSubscriptionModel = mongoose.model<PushSubscriptionDocument>(
  "PushSubscription",
  schema,
  "pushSubscriptions",
);
