import { Types } from "mongoose";
import type { ChannelDocument } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import { MessageModel, type MessageDocument } from "../messages/messages.model";
import { ThreadFollowModel } from "../messages/thread-follows.model";
import { marksIn } from "./marks";
import { foldingKinds, NotificationModel, type NotificationDocument } from "./notifications.model";
import { settleRace } from "./settle";
import { publishGone, publishNotifications } from "./tell";

type Said = Pick<MessageDocument, "_id" | "userId" | "seq" | "createdAt" | "mentions" | "mentionsChannel">;

/** A notice of several messages, and the place from which on it stands for them. */
interface Folded {
  row: NotificationDocument;
  from: number;
}

async function drop(rows: Pick<NotificationDocument, "_id" | "userId">[]): Promise<void> {
  if (rows.length === 0) return;
  await NotificationModel.deleteMany({ _id: { $in: rows.map((row) => row._id) } });
  await publishGone(rows);
}

/** The notices that people have of a conversation (`rootId` null) or thread, as far as one of these was among its messages. */
async function findFolded(
  channelId: Types.ObjectId,
  rootId: Types.ObjectId | null,
  deleted: MessageDocument[],
): Promise<Folded[]> {
  const userIds = rootId
    ? await ThreadFollowModel.distinct("userId", { messageId: rootId })
    : await MemberModel.distinct("userId", { channelId });
  const key = rootId ? `thread:${rootId.toHexString()}` : `dm:${channelId.toHexString()}`;
  const rows = (await NotificationModel.find({ userId: { $in: userIds }, key }).lean()).filter(
    ({ firstSeq = 0, seq }) => deleted.some((message) => message.seq >= firstSeq && message.seq <= seq),
  );
  if (rows.length === 0) return [];
  const markOf = await marksIn(
    channelId,
    rows.map(({ userId }) => ({ userId, rootId })),
  );
  return rows.map((row) => {
    const { userId, isRead, firstSeq, seq } = row;
    if (isRead) return { row, from: firstSeq ?? seq };
    const mark = markOf({ userId, rootId });
    return { row, from: mark === null ? Infinity : Math.max(firstSeq ?? 0, mark + 1) };
  });
}

/** Not their own, and not what called them: of that they have a notice by itself. */
const concerns = ({ userId, mentions, mentionsChannel }: Said, reader: Types.ObjectId): boolean =>
  !userId.equals(reader) && !mentionsChannel && !mentions?.some((id) => id.equals(reader));

/** What a notice is once some of its messages are gone; `null`: nothing. What came after it is told when its turn comes. */
function recounted({ row, from }: Folded, standing: Said[]): NotificationDocument | null {
  const told = standing.filter(({ seq }) => seq >= from && seq <= row.seq).filter((one) => concerns(one, row.userId));
  const last = told.at(-1);
  if (!last) return null;
  const { _id: messageId, userId: actorId, seq, createdAt: at } = last;
  return { ...row, messageId, actorId, seq, at, count: told.length };
}

/** Counts the notices of a conversation or thread anew, of what still stands in it. */
async function recount(
  channelId: Types.ObjectId,
  rootId: Types.ObjectId | null,
  deleted: MessageDocument[],
): Promise<void> {
  const folded = await findFolded(channelId, rootId, deleted);
  if (folded.length === 0) return;
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
  const changed: NotificationDocument[] = [];
  const gone: NotificationDocument[] = [];
  for (const one of folded) {
    const next = recounted(one, standing);
    if (!next) gone.push(one.row);
    else if (!next.messageId.equals(one.row.messageId) || next.count !== one.row.count) changed.push(next);
  }
  for (const { _id, messageId, actorId, seq, at, count } of changed)
    await NotificationModel.updateOne({ _id }, { $set: { messageId, actorId, seq, at, count } });
  await drop(gone);
  await publishNotifications(changed, new Map());
  // Read up to where they end now, before they ended there: nothing else would ever look at them again.
  await settleRace(changed.filter(({ isRead }) => !isRead));
}

/** Messages (of one channel) are gone, and with them what was told of them. */
export async function withdraw({ _id: channelId, type }: ChannelDocument, deleted: MessageDocument[]): Promise<void> {
  if (deleted.length === 0) return;
  const about = { messageId: { $in: deleted.map(({ _id }) => _id) }, kind: { $nin: foldingKinds } };
  await drop(await NotificationModel.find(about, { userId: 1 }).lean());
  const places = new Map<string, MessageDocument[]>();
  for (const message of deleted) {
    if (!message.parentId && type !== "dm") continue;
    const key = message.parentId?.toHexString() ?? "";
    places.set(key, [...(places.get(key) ?? []), message]);
  }
  for (const [key, own] of places) await recount(channelId, key ? new Types.ObjectId(key) : null, own);
}
