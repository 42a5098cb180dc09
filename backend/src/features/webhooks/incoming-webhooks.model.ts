import mongoose, { Schema, type Types } from "mongoose";

export interface IncomingWebhookDocument {
  /** Also the author of what it writes. */
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  name: string;
  /** What is kept of the secret in its address. */
  secretHash: string;
  createdBy: Types.ObjectId;
  createdAt: Date;
  lastUsedAt: Date | null;
}

const schema = new Schema<IncomingWebhookDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  name: { type: String, required: true },
  secretHash: { type: String, required: true },
  createdBy: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
  lastUsedAt: { type: Date, default: null },
});
schema.index({ secretHash: 1 }, { unique: true });
schema.index({ channelId: 1 });

export const IncomingWebhookModel = mongoose.model<IncomingWebhookDocument>(
  "IncomingWebhook",
  schema,
  "incomingWebhooks",
);
