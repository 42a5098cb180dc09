import mongoose, { Schema, type Types } from "mongoose";

/** Somebody whose devices are to hear a channel, or to hear it no more, which could not be seen to yet. */
export interface ListeningJobDocument {
  /** `<channel's id> <user's id>` */
  _id: string;
  channelId: Types.ObjectId;
  userId: Types.ObjectId;
  dueAt: Date;
}

const schema = new Schema<ListeningJobDocument>({
  _id: { type: String, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  userId: { type: Schema.ObjectId, required: true },
  dueAt: { type: Date, required: true },
});
schema.index({ dueAt: 1 });

export const ListeningJobModel = mongoose.model<ListeningJobDocument>("ListeningJob", schema, "listeningJobs");
