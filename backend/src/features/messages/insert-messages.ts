import { Types, type ClientSession } from "mongoose";
import { claimFiles, FilesTaken, shareFiles } from "../files/attach";
import { addReplies } from "./add-replies";
import { advanceChannel, excerptOf, type LastMessage } from "./advance-channel";
import type { Draft } from "./draft";
import { MessageModel, type MessageDocument } from "./messages.model";
import { moveMarks } from "./move-marks";
import type { ThreadChange } from "./thread-news";

/** One draft cannot have its files; the others of the batch have nothing to do with it. */
export class FilesRefused extends Error {
  constructor(readonly draft: Draft) {
    super("A file of this message belongs to another message already, or is gone.");
  }
}

const lastOf = (draft: Draft, id: Types.ObjectId, createdAt: Date): LastMessage => ({
  id,
  userId: draft.userId,
  userName: draft.bot?.name ?? draft.userName,
  excerpt: excerptOf(draft.content || (draft.attachments ?? []).map(({ name }) => name).join(", ")),
  createdAt,
});

const documentOf = (
  draft: Draft,
  place: Pick<MessageDocument, "_id" | "seq" | "position">,
  now: Date,
): MessageDocument => ({
  ...place,
  channelId: draft.channelId,
  rev: place.seq,
  userId: draft.userId,
  content: draft.content,
  clientMessageId: draft.clientMessageId,
  createdAt: now,
  updatedAt: now,
  parentId: draft.parentId ?? null,
  ...(draft.bot && { bot: draft.bot }),
  ...(draft.attachments?.length && { attachments: draft.attachments }),
  ...(draft.forwarded && { forwarded: draft.forwarded }),
  ...(draft.mentions?.userIds.length && { mentions: draft.mentions.userIds }),
  ...(draft.mentions?.everybody && { mentionsChannel: true as const }),
});

/** Gives each message its files: its own, or those of what it forwards. @throws FilesTaken */
async function attachFiles(messages: MessageDocument[], session: ClientSession): Promise<void> {
  const withFiles = messages.flatMap(({ attachments, ...message }) =>
    attachments ? [{ ...message, fileIds: attachments.map(({ id }) => id) }] : [],
  );
  const own = withFiles.filter(({ forwarded }) => !forwarded);
  await claimFiles(
    own.map(({ _id, userId, channelId, fileIds }) => ({ fileIds, ownerId: userId, messageId: _id, channelId })),
    session,
  );
  for (const { _id, forwarded, channelId, fileIds } of withFiles)
    if (forwarded) await shareFiles(fileIds, channelId, session, _id);
}

/** All of `drafts` (of one channel, with distinct keys), in their order. The documents go to the driver as they are. */
export async function insertMessages(
  drafts: Draft[],
  session: ClientSession,
): Promise<{ messages: MessageDocument[]; threads: ThreadChange[] }> {
  const [first] = drafts;
  if (!first) return { messages: [], threads: [] };
  const { channelId } = first;
  const now = new Date();
  const ids = drafts.map(() => new Types.ObjectId());
  const parents = new Set(drafts.flatMap(({ parentId }) => parentId?.toHexString() ?? []));
  const counted = drafts.filter((draft) => !draft.parentId).length;
  const lastRoot = drafts.findLastIndex((draft) => !draft.parentId);
  const [last, lastId] = [drafts[lastRoot], ids[lastRoot]];
  const channel = await advanceChannel(
    channelId,
    {
      by: drafts.length + parents.size,
      messages: counted,
      ...(last && lastId && { lastMessage: lastOf(last, lastId, now) }),
    },
    session,
  );
  const start = channel.rev - drafts.length - parents.size;
  let position = channel.messageCount - counted;
  const messages = drafts.map((draft, i) => {
    if (!draft.parentId) position++;
    return documentOf(draft, { _id: ids[i] ?? new Types.ObjectId(), seq: start + i + 1, position }, now);
  });
  await MessageModel.collection.insertMany(messages, { session });
  await moveMarks(drafts, messages, { isDirect: channel.type === "dm" }, session);
  try {
    await attachFiles(messages, session);
  } catch (error) {
    const refused = error instanceof FilesTaken && drafts[ids.findIndex((id) => id.equals(error.messageId))];
    throw refused ? new FilesRefused(refused) : error;
  }
  const replies = drafts.flatMap((draft, i) => {
    const message = messages[i];
    return message?.parentId ? [{ message, isAbsent: draft.isAbsent === true || draft.bot !== undefined }] : [];
  });
  const threads = await addReplies(replies, start + drafts.length, session);
  return { messages, threads };
}
