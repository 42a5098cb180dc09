import mongoose, { Schema, type Types } from "mongoose";

export interface PinDocument {
  _id: Types.ObjectId;
  channelId: Types.ObjectId;
  messageId: Types.ObjectId;
  userId: Types.ObjectId;
  createdAt: Date;
}

const schema = new Schema<PinDocument>({
  channelId: { type: Schema.ObjectId, required: true },
  messageId: { type: Schema.ObjectId, required: true },
  userId: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ messageId: 1 }, { unique: true });
schema.index({ channelId: 1, createdAt: -1, _id: -1 });

export const PinModel = mongoose.model<PinDocument>("Pin", schema, "pins");
