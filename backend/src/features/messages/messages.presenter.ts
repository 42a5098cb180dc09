import type { Message, MessageAuthor } from "@connectbest/contract";
import { presentAuthor } from "../users/users.presenter";
import { loadUsers } from "../users/users.service";
import type { MessageDocument } from "./messages.model";

export const presentMessage = (message: MessageDocument, author: MessageAuthor): Message => ({
  id: message._id.toHexString(),
  seq: message.seq,
  rev: message.rev,
  channelId: message.channelId.toHexString(),
  userId: message.userId.toHexString(),
  user: author,
  content: message.content,
  clientMessageId: message.clientMessageId,
  createdAt: message.createdAt.toISOString(),
  updatedAt: message.updatedAt.toISOString(),
});

/** Presents many, with their authors loaded at once. */
export async function presentMessages(messages: MessageDocument[]): Promise<Message[]> {
  const users = await loadUsers([...new Set(messages.map((message) => message.userId.toHexString()))]);
  const authors = new Map(users.map((user) => [user._id.toHexString(), presentAuthor(user)]));
  return messages.map((message) => {
    const userId = message.userId.toHexString();
    return presentMessage(message, authors.get(userId) ?? { id: userId, name: "Former member", avatarUrl: null });
  });
}
