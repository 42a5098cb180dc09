import mongoose, { Schema, type Types } from "mongoose";

/** What a message said before an edit. */
export interface VersionDocument {
  _id: Types.ObjectId;
  messageId: Types.ObjectId;
  content: string;
  writtenAt: Date;
}

const schema = new Schema<VersionDocument>({
  messageId: { type: Schema.ObjectId, required: true },
  content: { type: String, default: "" },
  writtenAt: { type: Date, required: true },
});
schema.index({ messageId: 1, _id: 1 });

export const VersionModel = mongoose.model<VersionDocument>("MessageVersion", schema, "messageVersions");
