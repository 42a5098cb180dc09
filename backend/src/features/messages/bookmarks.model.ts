import mongoose, { Schema, type Types } from "mongoose";

export interface BookmarkDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  messageId: Types.ObjectId;
  channelId: Types.ObjectId;
  createdAt: Date;
}

const schema = new Schema<BookmarkDocument>({
  userId: { type: Schema.ObjectId, required: true },
  messageId: { type: Schema.ObjectId, required: true },
  channelId: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ userId: 1, messageId: 1 }, { unique: true });
schema.index({ userId: 1, createdAt: -1, _id: -1 });

export const BookmarkModel = mongoose.model<BookmarkDocument>("Bookmark", schema, "bookmarks");
