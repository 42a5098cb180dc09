import mongoose, { Schema, type Types } from "mongoose";

/** A file as its message shows it: what it is never changes, so it is kept with the message. */
export interface Attachment {
  id: Types.ObjectId;
  name: string;
  size: number;
  type: string;
  width: number | null;
  height: number | null;
  hasThumbnail: boolean;
}

/** `storing`: its bytes are on their way; `ready`: they are there; `removing`: nobody sees it any more, the clean-up takes it away. */
export type FileStatus = "storing" | "ready" | "removing";

/** A message that shows it, and the channel whose members may therefore read it. */
export interface FileUse {
  messageId: Types.ObjectId;
  channelId: Types.ObjectId;
}

export interface FileDocument extends Omit<Attachment, "id"> {
  _id: Types.ObjectId;
  ownerId: Types.ObjectId;
  /** Where its bytes are in the storage; told to nobody. */
  key: string;
  /** What it counts in the workspace's quota, its thumbnail included. */
  storedBytes: number;
  status: FileStatus;
  /** The message it was sent with, then each that forwards it. Empty until it is sent. */
  uses: FileUse[];
  /** When it was sent. */
  attachedAt: Date | null;
  /** When the clean-up may take it away; `null` while a message shows it. */
  removeAt: Date | null;
  createdAt: Date;
}

const schema = new Schema<FileDocument>({
  ownerId: { type: Schema.ObjectId, required: true },
  name: { type: String, required: true },
  size: { type: Number, required: true },
  type: { type: String, required: true },
  width: { type: Number, default: null },
  height: { type: Number, default: null },
  hasThumbnail: { type: Boolean, required: true },
  key: { type: String, required: true },
  storedBytes: { type: Number, required: true },
  status: { type: String, enum: ["storing", "ready", "removing"], required: true },
  uses: {
    type: [new Schema<FileUse>({ messageId: Schema.ObjectId, channelId: Schema.ObjectId }, { _id: false })],
    default: [],
  },
  attachedAt: { type: Date, default: null },
  removeAt: { type: Date, default: null },
  createdAt: { type: Date, required: true },
});
// The files of a channel, latest first.
schema.index({ "uses.channelId": 1, attachedAt: -1, _id: -1 });
schema.index({ removeAt: 1 });

export const FileModel = mongoose.model<FileDocument>("File", schema, "files");
