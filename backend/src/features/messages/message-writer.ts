import { Types, type ClientSession } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import { conflict, notFound } from "../../http/errors";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import { MessageModel, type MessageDocument } from "./messages.model";

export interface Draft {
  channelId: Types.ObjectId;
  userId: Types.ObjectId;
  userName: string;
  content: string;
  clientMessageId: string;
}

/** `created` is false when the same key had stored it before. */
export interface Stored {
  message: MessageDocument;
  created: boolean;
}

interface Pending {
  draft: Draft;
  resolve(stored: Stored): void;
  reject(error: unknown): void;
}

/** The most messages that one transaction carries. */
const batchSize = 100;

const keyOf = ({ userId, clientMessageId }: { userId: Types.ObjectId; clientMessageId: string }): string =>
  `${userId.toHexString()} ${clientMessageId}`;

/** The first 140 characters on one line, none cut in half. */
export const excerptOf = (content: string): string =>
  [...content.slice(0, 1000).replace(/\s+/g, " ").trim()].slice(0, 140).join("");

/** A sender is no longer in the channel: found in the transaction, so that nothing is said after one has left. */
class SenderLeft extends Error {}

/** The next revisions of the channel, in this transaction: whoever commits first has the lower ones. */
async function advanceChannel(drafts: Draft[], ids: Types.ObjectId[], now: Date, session: ClientSession) {
  const [last, lastId] = [drafts.at(-1), ids.at(-1)];
  const channel = await ChannelModel.collection.findOneAndUpdate(
    { _id: last?.channelId },
    {
      $inc: { rev: drafts.length, messageCount: drafts.length },
      $set: {
        lastMessage: {
          id: lastId,
          userId: last?.userId,
          userName: last?.userName,
          excerpt: excerptOf(last?.content ?? ""),
          createdAt: now,
        },
      },
    },
    { returnDocument: "after", session, projection: { rev: 1, messageCount: 1 } },
  );
  if (!channel) throw notFound("This channel");
  return channel as unknown as Pick<ChannelDocument, "rev" | "messageCount">;
}

/** Who writes has read: each sender's mark moves to their own last message. */
async function moveReadMarks(messages: MessageDocument[], session: ClientSession): Promise<void> {
  const lastOf = new Map(messages.map((message) => [message.userId.toHexString(), message]));
  const { matchedCount } = await MemberModel.collection.bulkWrite(
    [...lastOf.values()].map(({ channelId, userId, seq, position }) => ({
      updateOne: { filter: { channelId, userId }, update: { $max: { lastReadSeq: seq, readCount: position } } },
    })),
    { session },
  );
  if (matchedCount < lastOf.size) throw new SenderLeft();
}

/**
 * All of `drafts` (of one channel, with distinct keys) in one transaction, in their order. The documents are complete and typed, so they go to the
 * driver as they are: through Mongoose each would be cast, validated and cloned first.
 */
const insert = (drafts: Draft[]): Promise<MessageDocument[]> =>
  inTransaction(async (session) => {
    const now = new Date();
    const ids = drafts.map(() => new Types.ObjectId());
    const channel = await advanceChannel(drafts, ids, now, session);
    const messages = drafts.map(({ channelId, userId, content, clientMessageId }, i): MessageDocument => ({
      _id: ids[i] ?? new Types.ObjectId(),
      channelId,
      seq: channel.rev - drafts.length + i + 1,
      rev: channel.rev - drafts.length + i + 1,
      position: channel.messageCount - drafts.length + i + 1,
      userId,
      content,
      clientMessageId,
      createdAt: now,
      updatedAt: now,
    }));
    await MessageModel.collection.insertMany(messages, { session });
    await moveReadMarks(messages, session);
    return messages;
  });

/** The users among the senders of `drafts` who are in the channel. */
async function findMembers(drafts: Draft[]): Promise<Set<string>> {
  const filter = { channelId: drafts[0]?.channelId, userId: { $in: drafts.map((draft) => draft.userId) } };
  const members = await MemberModel.find(filter, { userId: 1 }).lean();
  return new Set(members.map((member) => member.userId.toHexString()));
}

/** Those of `drafts` that were stored before, by key. */
async function findStored(drafts: Draft[]): Promise<Map<string, MessageDocument>> {
  const keys = new Set(drafts.map(keyOf));
  const stored = await MessageModel.find({
    userId: { $in: drafts.map((draft) => draft.userId) },
    clientMessageId: { $in: drafts.map((draft) => draft.clientMessageId) },
  }).lean();
  return new Map(stored.map((message) => [keyOf(message), message] as const).filter(([key]) => keys.has(key)));
}

/** A repeat gets what the first one stored; the same key with another body is refused. */
function settle({ draft, resolve, reject }: Pending, message: MessageDocument, created: boolean): void {
  const isSame = message.content === draft.content && message.channelId.equals(draft.channelId);
  if (isSame) resolve({ message, created });
  else reject(conflict("This clientMessageId has been used for another message. Use a new one for each message."));
}

/** Stores a batch; drafts that turn out to be repeats are answered from what is stored, the rest tried again. */
async function store(batch: Pending[]): Promise<void> {
  let open = new Map<string, Pending[]>();
  for (const pending of batch) {
    const key = keyOf(pending.draft);
    open.set(key, [...(open.get(key) ?? []), pending]);
  }
  while (open.size > 0) {
    const firsts = [...open.values()].flatMap(([first]) => first?.draft ?? []);
    try {
      for (const message of await insert(firsts))
        open.get(keyOf(message))?.forEach((pending, i) => settle(pending, message, i === 0));
      return;
    } catch (error) {
      if (error instanceof SenderLeft) {
        const members = await findMembers(firsts);
        for (const [key, group] of open) {
          if (group[0] && members.has(group[0].draft.userId.toHexString())) continue;
          for (const { reject } of group) reject(notFound("This channel"));
          open.delete(key);
        }
        continue;
      }
      if (!isDuplicateKey(error)) throw error;
      const stored = await findStored(firsts);
      if (stored.size === 0) throw error;
      for (const [key, message] of stored) for (const pending of open.get(key) ?? []) settle(pending, message, false);
      open = new Map([...open].filter(([key]) => !stored.has(key)));
    }
  }
}

const queues = new Map<string, Pending[]>();

async function drain(channelKey: string, queue: Pending[]): Promise<void> {
  while (queue.length > 0) {
    const batch = queue.splice(0, batchSize);
    try {
      await store(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  queues.delete(channelKey);
}

/**
 * Stores a message at the end of its channel. Messages that arrive while a transaction of the same channel is under way
 * share the next one: so a busy channel costs a commit a batch, and never meets a conflict of its own making.
 * @throws conflict when the key was used for another body, not_found when the channel is gone
 */
export function storeMessage(draft: Draft): Promise<Stored> {
  const channelKey = draft.channelId.toHexString();
  return new Promise((resolve, reject) => {
    const pending = { draft, resolve, reject };
    const queue = queues.get(channelKey);
    if (queue) return void queue.push(pending);
    const started = [pending];
    queues.set(channelKey, started);
    void drain(channelKey, started);
  });
}
