import mongoose, { Schema, type Types } from "mongoose";

interface AvatarDocument {
  /** The user's id. */
  _id: Types.ObjectId;
  /** WebP, 256 pixels square: about 10 kB, small enough to live beside what it belongs to. */
  image: Buffer;
}

const schema = new Schema<AvatarDocument>({
  _id: { type: Schema.ObjectId, required: true },
  image: { type: Buffer, required: true },
});

export const AvatarModel = mongoose.model<AvatarDocument>("Avatar", schema, "avatars");
