import type { Types } from "mongoose";
import { MessageModel, type MessageDocument } from "../messages/messages.model";
import { NotificationModel, type NotificationDocument } from "./notifications.model";

/** A notice of several messages, and the place from which on it stands for them. */
export interface Folded {
  row: NotificationDocument;
  from: number;
}

/** A notice, and what it is once it is counted anew; `null`: nothing. */
export interface Recounted {
  row: NotificationDocument;
  next: NotificationDocument | null;
}

type Said = Pick<MessageDocument, "_id" | "userId" | "seq" | "createdAt" | "mentions" | "mentionsChannel">;

/** Not their own, and not what called them: of that they have a notice by itself. */
const concerns = ({ userId, mentions, mentionsChannel }: Said, reader: Types.ObjectId): boolean =>
  !userId.equals(reader) && !mentionsChannel && !mentions?.some((id) => id.equals(reader));

/** What came after it is told when its turn comes. */
function counted({ row, from }: Folded, standing: Said[]): NotificationDocument | null {
  const told = standing.filter(({ seq }) => seq >= from && seq <= row.seq).filter((one) => concerns(one, row.userId));
  const last = told.at(-1);
  if (!last) return null;
  const { _id: messageId, userId: actorId, seq, createdAt: at } = last;
  return { ...row, messageId, actorId, seq, at, count: told.length, firstSeq: from };
}

/** Counts notices of a conversation (`rootId` null) or thread anew, of what still stands in it. */
export async function recount(
  channelId: Types.ObjectId,
  rootId: Types.ObjectId | null,
  folded: Folded[],
): Promise<Recounted[]> {
  if (folded.length === 0) return [];
  const bounds = {
    $gte: Math.min(...folded.map(({ from }) => from)),
    $lte: Math.max(...folded.map(({ row }) => row.seq)),
  };
  const standing: Said[] = await MessageModel.find(
    { channelId, parentId: rootId, seq: bounds, deletedAt: { $exists: false }, note: { $exists: false } },
    { userId: 1, seq: 1, createdAt: 1, mentions: 1, mentionsChannel: 1 },
  )
    .sort({ seq: 1 })
    .lean();
  return folded.map((one) => ({ row: one.row, next: counted(one, standing) }));
}

/** Writes what has changed, but for what somebody else has changed meanwhile. @returns what was written */
export async function writeRecounted(all: Recounted[]): Promise<NotificationDocument[]> {
  const written: NotificationDocument[] = [];
  for (const { row, next } of all) {
    if (!next || (next.messageId.equals(row.messageId) && next.count === row.count)) continue;
    const { _id, messageId, actorId, seq, at, count, firstSeq } = next;
    const { matchedCount } = await NotificationModel.updateOne(
      { _id, seq: row.seq },
      { $set: { messageId, actorId, seq, at, count, firstSeq } },
    );
    if (matchedCount > 0) written.push(next);
  }
  return written;
}
