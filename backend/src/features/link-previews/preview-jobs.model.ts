import type { LinkPreview } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

/** A message whose links are to be looked at. */
export interface PreviewJobDocument {
  /** The message's id. */
  _id: Types.ObjectId;
  dueAt: Date;
  attempts: number;
}

const jobs = new Schema<PreviewJobDocument>({
  _id: { type: Schema.ObjectId, required: true },
  dueAt: { type: Date, required: true },
  attempts: { type: Number, required: true },
});
jobs.index({ dueAt: 1 });
export const PreviewJobModel = mongoose.model<PreviewJobDocument>("PreviewJob", jobs, "previewJobs");

/** What a page said of itself not long ago; `null` when it said nothing. */
export interface SeenPageDocument {
  /** A hash of its address. */
  _id: string;
  preview: LinkPreview | null;
  at: Date;
}

/** How long that is believed, in seconds. */
const believed = 24 * 3600;

const pages = new Schema<SeenPageDocument>({
  _id: { type: String, required: true },
  preview: { type: Schema.Types.Mixed, default: null },
  at: { type: Date, required: true },
});
pages.index({ at: 1 }, { expireAfterSeconds: believed });
export const SeenPageModel = mongoose.model<SeenPageDocument>("SeenPage", pages, "seenPages");
