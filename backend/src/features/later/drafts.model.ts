import mongoose, { Schema, type Types } from "mongoose";

/** What somebody has begun to write in a channel or thread. An empty one stays, so that a later change is known as later. */
export interface DraftDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  channelId: Types.ObjectId;
  parentId: Types.ObjectId | null;
  content: string;
  fileIds: Types.ObjectId[];
  isEmpty: boolean;
  updatedAt: Date;
  version: number;
}

const schema = new Schema<DraftDocument>({
  userId: { type: Schema.ObjectId, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  parentId: { type: Schema.ObjectId, default: null },
  content: { type: String, default: "" },
  fileIds: { type: [Schema.ObjectId], default: [] },
  isEmpty: { type: Boolean, required: true },
  updatedAt: { type: Date, required: true },
  version: { type: Number, required: true },
});
schema.index({ userId: 1, channelId: 1, parentId: 1 }, { unique: true });
schema.index({ userId: 1, isEmpty: 1, updatedAt: -1 });

export const DraftModel = mongoose.model<DraftDocument>("Draft", schema, "drafts");
