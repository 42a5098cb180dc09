import type { Forwarded } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Attachment } from "../files/files.model";
import type { Mentions } from "./mentions";

/** A message on its way to be stored. */
export interface Draft {
  channelId: Types.ObjectId;
  userId: Types.ObjectId;
  userName: string;
  content: string;
  clientMessageId: string;
  parentId?: Types.ObjectId | undefined;
  attachments?: Attachment[];
  forwarded?: Forwarded;
  mentions?: Mentions;
  /** A webhook speaks, under this name: it is no member and reads nothing. */
  bot?: { name: string };
  /** The author is not there: it was written before and leaves now. */
  isAbsent?: boolean;
}
