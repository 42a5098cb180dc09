import mongoose, { Schema, type Types } from "mongoose";
import { driverCollection } from "../driver-collection";

/** The head of a segment: where in it what is to be found. Small segments are in it as a whole. */
export interface SegmentDocument {
  _id: Types.ObjectId;
  /** How many messages it holds. */
  size: number;
  /** The first key of each page, and the time of each block's first message, encoded. */
  firstKeys: Buffer;
  blockTimes: Buffer;
  /** Absent where they are in `searchPages`. */
  pages?: Buffer[];
  blocks?: Buffer[];
}

/** A page of keys or a block of documents of a larger segment. */
export interface PageDocument {
  /** See `pageId` and `blockId`. */
  _id: string;
  data: Buffer;
}

const segments = new Schema<SegmentDocument>({
  size: { type: Number, required: true },
  firstKeys: { type: Buffer, required: true },
  blockTimes: { type: Buffer, required: true },
  pages: { type: [Buffer], default: undefined },
  blocks: { type: [Buffer], default: undefined },
});
const pages = new Schema<PageDocument>({ _id: String, data: { type: Buffer, required: true } });

const SegmentModel = mongoose.model<SegmentDocument>("SearchSegment", segments, "searchSegments");
const PageModel = mongoose.model<PageDocument>("SearchPage", pages, "searchPages");
export const segmentHeads = () => driverCollection(SegmentModel);
export const segmentPages = () => driverCollection(PageModel);

const numbered = (segmentId: string, kind: "b" | "p", number: number): string =>
  `${segmentId}${kind}${number.toString().padStart(6, "0")}`;

/** Ids sort by segment, then blocks before pages, each in its order: a segment is read and removed as a range. */
export const pageId = (segmentId: string, number: number): string => numbered(segmentId, "p", number);
export const blockId = (segmentId: string, number: number): string => numbered(segmentId, "b", number);
export const idsOf = (segmentId: string, kind: "b" | "p" | "" = "") => ({
  $gte: `${segmentId}${kind}`,
  $lt: `${segmentId}${kind || "z"}~`,
});
