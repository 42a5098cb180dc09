import type { WebhookEvent } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

export interface OutgoingWebhookDocument {
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  name: string;
  url: string;
  events: WebhookEvent[];
  /** The signing secret, sealed: it must be read again for each delivery. */
  sealedSecret: string;
  isEnabled: boolean;
  disabledReason: string | null;
  /** The first of a row of failures. */
  failingSince: Date | null;
  /** The latest of them. */
  lastFailureAt?: Date;
  /** The channel's revision when it was made or switched on: of what was before it is not told. */
  sinceRev: number;
  createdBy: Types.ObjectId;
  createdAt: Date;
}

const schema = new Schema<OutgoingWebhookDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  name: { type: String, required: true },
  url: { type: String, required: true },
  events: { type: [String], required: true },
  sealedSecret: { type: String, required: true },
  isEnabled: { type: Boolean, required: true },
  disabledReason: { type: String, default: null },
  failingSince: { type: Date, default: null },
  lastFailureAt: Date,
  sinceRev: { type: Number, required: true },
  createdBy: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ channelId: 1, isEnabled: 1 });

export const OutgoingWebhookModel = mongoose.model<OutgoingWebhookDocument>(
  "OutgoingWebhook",
  schema,
  "outgoingWebhooks",
);
