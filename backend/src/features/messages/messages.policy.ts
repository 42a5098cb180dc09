import type { ChannelRole } from "@connectbest/contract";
import type { Types } from "mongoose";

interface Written {
  userId: Types.ObjectId;
  note?: unknown;
  deletedAt?: Date;
}
interface Reader {
  userId: Types.ObjectId;
}

const isAuthor = (message: Written, { userId }: Reader): boolean => message.userId.equals(userId) && !message.note;

/** What somebody wrote only they rewrite; what the system noted nobody. */
export const canEdit = (message: Written, reader: Reader): boolean => isAuthor(message, reader);

/** One's own; or anybody's, as an administrator of the channel. System messages stay: they are the record. */
export const canDelete = (message: Written, reader: Reader, { role }: { role: ChannelRole }): boolean =>
  !message.note && (isAuthor(message, reader) || role === "admin");

/** Reactions, pins, replies: to whatever is still there. */
export const canRespond = (message: Written): boolean => !message.note && !message.deletedAt;
