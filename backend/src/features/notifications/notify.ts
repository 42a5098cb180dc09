import type { ChannelDocument } from "../channels/channels.model";
import type { Changed } from "../messages/channel-feed";
import type { MessageDocument } from "../messages/messages.model";
import { dropLeft } from "./drop-left";
import { keywordsIn } from "./keywords";
import { noteReactions } from "./reactions";
import { recipientsOf } from "./recipients";
import { settleRace, settleWritten } from "./settle";
import { publishNotifications, timingsOf } from "./tell";
import { withdraw } from "./withdraw";
import { writeNotices, type Fresh } from "./write-notices";

/** Tells everybody whom new messages (of one channel) concern. However many they are, the database is asked a few times. */
async function tell(channel: ChannelDocument, arrived: MessageDocument[]): Promise<void> {
  if (arrived.length === 0) return;
  const listeners = await keywordsIn(channel._id);
  const concerned: Omit<Fresh, "timing">[] = [];
  for (const message of arrived)
    for (const recipient of await recipientsOf(message, channel, listeners)) concerned.push({ recipient, message });
  const timings = await timingsOf(
    concerned.map(({ recipient: { member, kind } }) => ({ ...member, kind })),
    new Date(),
  );
  const fresh = concerned.flatMap((one): Fresh[] => {
    const timing = timings.get(one.recipient.member.userId.toHexString());
    return timing ? [{ ...one, timing }] : [];
  });
  const unread = (await writeNotices(fresh)).filter((row) => !row.isRead);
  await publishNotifications(unread, timings);
  await settleRace(unread);
}

/** What new and changed messages mean to those whom they concern. Doing it twice is doing it once. */
export async function notify({ channel, since, messages }: Changed): Promise<void> {
  const arrived = messages.filter((m) => m.seq > since && !m.note && !m.deletedAt);
  await tell(channel, arrived);
  await settleWritten(arrived);
  await withdraw(
    channel,
    messages.filter(({ deletedAt }) => deletedAt),
  );
  await dropLeft({ channel, messages });
  for (const message of messages)
    if (!message.note && !message.deletedAt && (message.reactions || message.seq <= since))
      await noteReactions(message);
}
