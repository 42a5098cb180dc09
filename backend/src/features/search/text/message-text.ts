import type { MessageDocument } from "../../messages/messages.model";
import { messageTraits, type Trait } from "../query/parse-query";

/** What search knows of a message. */
export type SearchedMessage = Pick<
  MessageDocument,
  | "_id"
  | "channelId"
  | "userId"
  | "rev"
  | "createdAt"
  | "content"
  | "parentId"
  | "replyCount"
  | "pinnedAt"
  | "deletedAt"
  | "note"
  | "attachments"
  | "forwarded"
>;

/** The fields above, for reading no others. */
export const searchedFields = {
  channelId: 1,
  userId: 1,
  rev: 1,
  createdAt: 1,
  content: 1,
  parentId: 1,
  replyCount: 1,
  pinnedAt: 1,
  deletedAt: 1,
  note: 1,
  "attachments.name": 1,
  "attachments.type": 1,
  "forwarded.content": 1,
} as const;

/** What is gone is not found any more, and what the system noted is nobody's word. */
export const isSearchable = ({ deletedAt, note }: SearchedMessage): boolean => !deletedAt && !note;

/** The texts in which words are looked for, its own first. */
export const textsOf = ({ content, forwarded, attachments }: SearchedMessage): string[] => [
  content,
  ...(forwarded ? [forwarded.content] : []),
  ...(attachments ?? []).map(({ name }) => name),
];

const link = /https?:\/\/[^\s/]/i;
const code = /`[^`]/;

const tests: Record<Trait, (message: SearchedMessage) => boolean> = {
  link: ({ content, forwarded }) => link.test(content) || link.test(forwarded?.content ?? ""),
  code: ({ content, forwarded }) => code.test(content) || code.test(forwarded?.content ?? ""),
  file: ({ attachments }) => (attachments?.length ?? 0) > 0,
  image: ({ attachments }) => attachments?.some(({ type }) => type.startsWith("image/")) ?? false,
  pinned: ({ pinnedAt }) => pinnedAt !== undefined,
  /** Replies, and what they reply to. */
  thread: ({ parentId, replyCount }) => Boolean(parentId) || (replyCount ?? 0) > 0,
};

export const hasTrait = (message: SearchedMessage, trait: Trait): boolean => tests[trait](message);

export const traitsOf = (message: SearchedMessage): Trait[] =>
  messageTraits.filter((trait) => hasTrait(message, trait));
