import type { Message, MessageAuthor, SystemNote } from "@connectbest/contract";
import { presentFile } from "../files/files.presenter";
import { presentAuthor } from "../users/users.presenter";
import { loadUsers } from "../users/users.service";
import type { MessageDocument, Note } from "./messages.model";
import { sentenceOf } from "./note-sentences";

type Authors = ReadonlyMap<string, MessageAuthor>;

const presentNote = (note: Note, userName: string | null): SystemNote => ({
  kind: note.kind,
  userId: note.userId?.toHexString() ?? null,
  userName,
  before: note.before,
  after: note.after,
});

/** @param authors those who wrote it and who replied to it, by id; whoever is missing is a former member */
export function presentMessage(message: MessageDocument, authors: Authors): Message {
  const authorOf = (id: string): MessageAuthor => authors.get(id) ?? { id, name: "Former member", avatarUrl: null };
  const userId = message.userId.toHexString();
  const { note } = message;
  const noted = note?.userId ? authorOf(note.userId.toHexString()).name : null;
  return {
    id: message._id.toHexString(),
    seq: message.seq,
    rev: message.rev,
    channelId: message.channelId.toHexString(),
    userId,
    user: message.bot ? { id: userId, name: message.bot.name, avatarUrl: null, isBot: true } : authorOf(userId),
    type: note ? "system" : "user",
    content: note ? sentenceOf(note, authorOf(userId).name, noted) : message.content,
    system: note ? presentNote(note, noted) : null,
    parentMessageId: message.parentId?.toHexString() ?? null,
    replyCount: message.replyCount ?? 0,
    lastReplyAt: message.lastReplyAt?.toISOString() ?? null,
    participants: (message.participantIds ?? []).map((id) => authorOf(id.toHexString())),
    attachments: (message.attachments ?? []).map(presentFile),
    reactions: (message.reactions ?? []).map(({ emoji, userIds }) => ({
      emoji,
      count: userIds.length,
      userIds: userIds.map((id) => id.toHexString()),
    })),
    mentions: (message.mentions ?? []).map((id) => id.toHexString()),
    mentionsChannel: message.mentionsChannel === true,
    isPinned: message.pinnedAt !== undefined,
    isEdited: message.editedAt !== undefined,
    editedAt: message.editedAt?.toISOString() ?? null,
    isDeleted: message.deletedAt !== undefined,
    forwarded: message.forwarded ?? null,
    previews: message.previews ?? [],
    clientMessageId: message.clientMessageId,
    createdAt: message.createdAt.toISOString(),
    updatedAt: message.updatedAt.toISOString(),
  };
}

/** Presents many, with their authors loaded at once. */
export async function presentMessages(messages: MessageDocument[]): Promise<Message[]> {
  const ids = messages.flatMap((message) => [
    message.userId,
    ...(message.participantIds ?? []),
    ...(message.note?.userId ? [message.note.userId] : []),
  ]);
  const users = await loadUsers([...new Set(ids.map((id) => id.toHexString()))]);
  const authors = new Map(users.map((user) => [user._id.toHexString(), presentAuthor(user)]));
  return messages.map((message) => presentMessage(message, authors));
}

export async function presentOne(message: MessageDocument): Promise<Message> {
  const [presented] = await presentMessages([message]);
  if (!presented) throw new Error("One message in, one message out.");
  return presented;
}
