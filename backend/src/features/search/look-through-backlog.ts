import { matches } from "./query/criteria";
import type { Answer, Found } from "./answer";
import { readBacklogBefore, type BehindChannel } from "./backlog";

/** Messages looked through at a time. */
const batch = 500;

/**
 * Looks through what is not indexed, channel by channel, from the latest change down: while the index is being built there is too
 * much of it to be brought into one order.
 * @param from where the page before ended
 */
export async function lookThroughBacklog(
  answer: Answer,
  behind: BehindChannel[],
  from: { channelId: string; rev: number } | undefined,
): Promise<Found> {
  const messages: Found["messages"] = [];
  const inOrder = behind
    .map((channel) => ({ ...channel, id: channel.channelId.toHexString() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const channel of inOrder) {
    if (from && channel.id < from.channelId) continue;
    let before = from?.channelId === channel.id ? from.rev : Infinity;
    for (let isMore = true; isMore;) {
      const some = await readBacklogBefore(channel, before, batch);
      isMore = some.length === batch;
      for (const message of some) {
        before = message.rev;
        if (!matches(message, answer.criteria)) continue;
        messages.push(message);
        if (messages.length === answer.limit) return { messages, next: { channelId: channel.id, rev: before } };
      }
      if (isMore && answer.isOver) return { messages, next: { channelId: channel.id, rev: before } };
    }
  }
  return { messages, next: null };
}
