import mongoose, { Schema, type Types } from "mongoose";

/** Up to where a channel's changes have been worked off. */
export interface ChannelCursorDocument {
  /** The channel's id. */
  _id: Types.ObjectId;
  rev: number;
  /** Where the batches that lead to `rev` began: all that was posted since has been new in one of them or will be. */
  since?: number;
  /** A process works on it until then at most. */
  leasedUntil: Date;
  /** How often the changes after `rev` were begun in vain. */
  failures: number;
}

const schema = new Schema<ChannelCursorDocument>({
  _id: { type: Schema.ObjectId, required: true },
  rev: { type: Number, required: true },
  since: Number,
  leasedUntil: { type: Date, required: true },
  failures: { type: Number, default: 0 },
});

export const ChannelCursorModel = mongoose.model<ChannelCursorDocument>("ChannelCursor", schema, "channelCursors");
