import type { Types } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import { ApiError, conflict, notFound } from "../../http/errors";
import { MemberModel } from "../channels/members.model";
import { channelChanged } from "./changes";
import { enqueueShared } from "./channel-queue";
import type { Draft } from "./draft";
import { FilesRefused, insertMessages } from "./insert-messages";
import { MessageModel, type MessageDocument } from "./messages.model";
import { SenderLeft } from "./move-marks";
import { tellThread, type ThreadChange } from "./thread-news";

export type { Draft } from "./draft";

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

/** How often a batch is tried again for rows that came into being beside it (a thread followed at this very moment). */
const attempts = 5;

const keyOf = ({ userId, clientMessageId }: { userId: Types.ObjectId; clientMessageId: string }): string =>
  `${userId.toHexString()} ${clientMessageId}`;

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

const idsOf = (ids: readonly { id: Types.ObjectId }[] | undefined): string =>
  (ids ?? []).map(({ id }) => id.toHexString()).join();

/** What was sent is compared, not what became of it: a repeat after an edit is still a repeat. */
const isSame = (message: MessageDocument, draft: Draft): boolean =>
  message.channelId.equals(draft.channelId) &&
  String(message.parentId ?? "") === String(draft.parentId ?? "") &&
  (message.forwarded?.messageId ?? null) === (draft.forwarded?.messageId ?? null) &&
  (message.editedAt || message.deletedAt
    ? true
    : message.content === draft.content && idsOf(message.attachments) === idsOf(draft.attachments));

/** A repeat gets what the first one stored; the same key with another body is refused. */
function settle({ draft, resolve, reject }: Pending, message: MessageDocument, created: boolean): void {
  if (isSame(message, draft)) resolve({ message, created });
  else reject(conflict("This clientMessageId has been used for another message. Use a new one for each message."));
}

/** A batch on its way: those who wait for each key, and what to tell once it is stored. */
class Batch {
  open = new Map<string, Pending[]>();

  constructor(all: Pending[]) {
    for (const pending of all) {
      const key = keyOf(pending.draft);
      this.open.set(key, [...(this.open.get(key) ?? []), pending]);
    }
  }

  get firsts(): Draft[] {
    return [...this.open.values()].flatMap(([first]) => first?.draft ?? []);
  }

  settle(messages: Iterable<MessageDocument>, areNew: boolean): void {
    for (const message of messages) {
      const key = keyOf(message);
      this.open.get(key)?.forEach((pending, i) => settle(pending, message, areNew && i === 0));
      this.open.delete(key);
    }
  }

  reject(isRefused: (draft: Draft) => boolean, error: unknown): void {
    for (const [key, group] of this.open) {
      if (!group[0] || !isRefused(group[0].draft)) continue;
      for (const { reject } of group) reject(error);
      this.open.delete(key);
    }
  }
}

/** What a draft is refused with whose files are gone. */
const filesGone = ({ forwarded }: Draft) =>
  conflict(
    forwarded
      ? "A file of this message was removed meanwhile, so it cannot be forwarded any more."
      : "One of these files has been sent with another message, or was removed. Upload it again.",
  );

/** Whether it could be that what was to be stored was stored before, by a send that is repeated now. */
const mayBeRepeat = (error: unknown): boolean =>
  error instanceof SenderLeft ||
  error instanceof FilesRefused ||
  // The channel is archived or gone: its repeats are still answered. A database that is away is not asked for them: whoever
  // waits in line behind this batch would wait for that too, and be answered after more than five seconds.
  (error instanceof ApiError && error.code !== "unavailable") ||
  isDuplicateKey(error);

/** Answers those that cannot be stored as they are, so that the rest can be tried again. @throws when nobody was to blame */
async function sortOut(batch: Batch, error: unknown, attempt: number): Promise<void> {
  if (!mayBeRepeat(error)) throw error;
  const stored = await findStored(batch.firsts);
  batch.settle(stored.values(), false);
  if (stored.size > 0) return;
  if (error instanceof SenderLeft) {
    const members = await findMembers(batch.firsts);
    return batch.reject((draft) => !draft.bot && !members.has(draft.userId.toHexString()), notFound("This channel"));
  }
  if (error instanceof FilesRefused) return batch.reject((draft) => draft === error.draft, filesGone(error.draft));
  if (error instanceof ApiError || attempt >= attempts) throw error;
}

/** Stores a batch; drafts that turn out to be repeats are answered from what is stored, the rest tried again. */
async function store(all: Pending[]): Promise<void> {
  const batch = new Batch(all);
  const news: ThreadChange[] = [];
  for (let attempt = 1; batch.open.size > 0; attempt++)
    try {
      const drafts = batch.firsts;
      const { messages, threads } = await inTransaction((session) => insertMessages(drafts, session));
      news.push(...threads);
      batch.settle(messages, true);
    } catch (error) {
      await sortOut(batch, error, attempt);
    }
  await tellThread(news);
}

async function storeAll(batch: Pending[]): Promise<void> {
  try {
    await store(batch);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
  const channelId = batch[0]?.draft.channelId;
  if (channelId) channelChanged(channelId.toHexString());
}

/**
 * Stores a message at the end of its channel or thread. Messages that arrive while a transaction of the same channel is
 * under way share the next one: so a busy channel costs a commit a batch, and never meets a conflict of its own making.
 * @throws conflict when the key was used for another body, not_found when the channel is gone, forbidden when archived
 */
export const storeMessage = (draft: Draft): Promise<Stored> =>
  new Promise((resolve, reject) => enqueueShared(draft.channelId, storeAll, { draft, resolve, reject }));
