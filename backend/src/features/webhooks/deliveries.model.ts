import type { WebhookDelivery, WebhookEvent } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

/** How long the log is kept, in seconds. */
const kept = 14 * 24 * 3600;

export interface DeliveryDocument {
  /** Also the event's id, by which the program knows a repeat. */
  _id: Types.ObjectId;
  webhookId: Types.ObjectId;
  event: WebhookEvent;
  messageId: Types.ObjectId;
  rev: number;
  /** The JSON that is sent: what was so at that moment. */
  payload: string;
  status: WebhookDelivery["status"];
  attempts: number;
  responseStatus: number | null;
  error: string | null;
  /** Not to be taken before: the next try, or the end of the present one's lease. Absent once it is over. */
  dueAt?: Date;
  createdAt: Date;
  deliveredAt: Date | null;
}

const schema = new Schema<DeliveryDocument>({
  webhookId: { type: Schema.ObjectId, required: true },
  event: { type: String, required: true },
  messageId: { type: Schema.ObjectId, required: true },
  rev: { type: Number, required: true },
  payload: { type: String, required: true },
  status: { type: String, enum: ["waiting", "delivered", "failed"], required: true },
  attempts: { type: Number, required: true },
  responseStatus: { type: Number, default: null },
  error: { type: String, default: null },
  dueAt: Date,
  createdAt: { type: Date, required: true },
  deliveredAt: { type: Date, default: null },
});
schema.index({ webhookId: 1, messageId: 1, rev: 1 }, { unique: true });
schema.index({ webhookId: 1, createdAt: -1, _id: -1 });
schema.index({ status: 1, dueAt: 1 });
schema.index({ createdAt: 1 }, { expireAfterSeconds: kept });

export const DeliveryModel = mongoose.model<DeliveryDocument>("WebhookDelivery", schema, "webhookDeliveries");
