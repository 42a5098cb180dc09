import { Types } from "mongoose";
import type { ChannelDocument } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import type { MessageDocument } from "../messages/messages.model";
import { ThreadFollowModel } from "../messages/thread-follows.model";
import { marksIn } from "./marks";
import { foldingKinds, NotificationModel, type NotificationDocument } from "./notifications.model";
import { recount, writeRecounted, type Folded } from "./recount";
import { settleRace } from "./settle";
import { publishGone, publishNotifications } from "./tell";

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

/** Counts the notices of a conversation or thread anew, of what still stands in it. */
async function withdrawFrom(
  channelId: Types.ObjectId,
  rootId: Types.ObjectId | null,
  deleted: MessageDocument[],
): Promise<void> {
  const recounted = await recount(channelId, rootId, await findFolded(channelId, rootId, deleted));
  const changed = await writeRecounted(recounted);
  await drop(recounted.filter(({ next }) => !next).map(({ row }) => row));
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
  for (const [key, own] of places) await withdrawFrom(channelId, key ? new Types.ObjectId(key) : null, own);
}
