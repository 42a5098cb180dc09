import type { Changed } from "../messages/channel-feed";
import { NotificationModel } from "./notifications.model";
import { publishGone } from "./tell";

/**
 * Who has left a channel, or was removed, has no notices any more of what was said before: they could neither see nor clear
 * them. Nor do they come back with who comes back, to whom nothing of it is unread.
 */
export async function dropLeft({ channel, messages }: Pick<Changed, "channel" | "messages">): Promise<void> {
  const left = messages.flatMap(({ userId, note, seq }) =>
    note?.kind === "left" || note?.kind === "removed" ? [{ userId: note.userId ?? userId, seq: { $lt: seq } }] : [],
  );
  if (left.length === 0) return;
  const rows = await NotificationModel.find({ channelId: channel._id, $or: left }, { userId: 1 }).lean();
  if (rows.length === 0) return;
  const these = { _id: { $in: rows.map(({ _id }) => _id) } };
  await NotificationModel.updateMany(these, { $set: { isRead: true, pushAt: null, mailAt: null } });
  // Told first: what is not there any more would be told by nobody who does this again.
  await publishGone(rows);
  await NotificationModel.deleteMany(these);
}
