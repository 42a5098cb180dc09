import { MemberModel } from "../channels/members.model";
import type { Changed } from "../messages/channel-feed";
import { NotificationModel } from "./notifications.model";
import { publishGone } from "./tell";

/** Who has left a channel, or was removed, has no notices of it any more: they could neither see nor clear them. */
export async function dropLeft({ channel, messages }: Pick<Changed, "channel" | "messages">): Promise<void> {
  const left = messages.flatMap(({ userId, note }) =>
    note?.kind === "left" || note?.kind === "removed" ? [note.userId ?? userId] : [],
  );
  if (left.length === 0) return;
  const channelId = channel._id;
  const back = await MemberModel.find({ channelId, userId: { $in: left } }, { userId: 1 }).lean();
  const gone = left.filter((id) => !back.some(({ userId }) => userId.equals(id)));
  const rows = await NotificationModel.find({ userId: { $in: gone }, channelId }, { userId: 1 }).lean();
  if (rows.length === 0) return;
  // Told first: what is not there any more would be told by nobody who does this again.
  await publishGone(rows);
  await NotificationModel.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
}
