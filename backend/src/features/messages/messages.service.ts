import { randomUUID } from "node:crypto";
import type { Forwarded, Message, MessagePage, PageQuery } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { forbidden, notFound } from "../../http/errors";
import type { Repeat } from "../../http/handle";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { loadAttachable } from "../files/attach";
import type { Attachment } from "../files/files.model";
import { presentAuthor } from "../users/users.presenter";
import { findLiveMessage, findReadableMessage } from "./find-message";
import { resolveMentions } from "./mentions";
import { demandMessageAllowance } from "./message-allowance";
import { pageOf } from "./message-pages";
import { storeMessage, type Draft, type Stored } from "./message-writer";
import { MessageModel, type MessageDocument } from "./messages.model";
import { presentMessage, presentOne } from "./messages.presenter";
import { RecentIds } from "./recent-ids";

export type Sender = Pick<Actor, "userId" | "name" | "avatarUrl">;
export type Limits = Pick<Config, "MESSAGES_PER_MINUTE">;
export interface Body {
  content: string;
  clientMessageId?: string | undefined;
  parentMessageId?: string | undefined;
  fileIds?: string[] | undefined;
}

/** What is decided about a message elsewhere than in its body. */
interface Circumstances {
  forwarded?: Forwarded;
  attachments?: Attachment[];
  /** It was written before and leaves now: its author reads nothing by it. */
  isAbsent?: boolean;
}

/**
 * The messages that this process has told of. A repeat of any other is told of again: whoever stored it may have died
 * before saying so, and hearing twice is harmless.
 */
const announced = new RecentIds(5000);

/**
 * Who was found to be in which channel a moment ago. Storing makes sure of it in any case: asking before is only so that
 * strangers do not hold up those who may write.
 */
const writers = new RecentIds(20_000);

/** Stores a message of somebody who is in its channel, as far as is known. @throws not_found */
async function storeOfMember(draft: Draft): Promise<Stored> {
  const writer = `${draft.channelId.toHexString()} ${draft.userId.toHexString()}`;
  try {
    const stored = await storeMessage(draft);
    writers.add(writer);
    return stored;
  } catch (error) {
    writers.delete(writer);
    throw error;
  }
}

/** @throws not_found */
async function demandPlace(channelId: string, userId: Types.ObjectId): Promise<Types.ObjectId> {
  if (writers.has(`${channelId} ${userId.toHexString()}`)) return new Types.ObjectId(channelId);
  return (await findJoinedChannel(channelId, userId)).channel._id;
}

/** The message whose thread a reply joins: of a reply, that of the one it hangs under. @throws not_found, forbidden */
async function findRootId(parentMessageId: string | undefined, channelId: Types.ObjectId) {
  if (!parentMessageId) return undefined;
  const parent = await MessageModel.findById(parentMessageId, { channelId: 1, parentId: 1, note: 1 }).lean();
  if (!parent || !parent.channelId.equals(channelId)) throw notFound("The message to reply to");
  if (parent.note) throw forbidden("Nobody can reply to what the system noted.");
  return parent.parentId ?? parent._id;
}

/**
 * The files of a send. What was sent before and deleted since has none any more: its repeat must still find it.
 * @throws not_found
 */
async function findAttachments(sender: Sender, { fileIds = [], clientMessageId }: Body): Promise<Attachment[]> {
  try {
    return await loadAttachable(fileIds, sender.userId);
  } catch (error) {
    const sent = clientMessageId && (await MessageModel.findOne({ userId: sender.userId, clientMessageId }).lean());
    if (sent) return sent.attachments ?? [];
    throw error;
  }
}

/** A reply's author may be shown under it; of all others only the author is. */
const presentOwn = async (message: MessageDocument, sender: Sender): Promise<Message> =>
  message.participantIds
    ? presentOne(message)
    : presentMessage(
        message,
        new Map([
          [
            sender.userId.toHexString(),
            presentAuthor({ _id: sender.userId, name: sender.name, avatarUrl: sender.avatarUrl }),
          ],
        ]),
      );

/** Stores a message of one who may post; delivering it is left to the caller (the API, or the message Lambda). */
export async function accept(
  sender: Sender,
  channelId: string,
  body: Body,
  limits: Limits,
  circumstances: Circumstances = {},
): Promise<{ message: Message; created: boolean }> {
  const place = await demandPlace(channelId, sender.userId);
  demandMessageAllowance(sender.userId.toHexString(), limits.MESSAGES_PER_MINUTE);
  const parentId = await findRootId(body.parentMessageId, place);
  const attachments = circumstances.attachments ?? (await findAttachments(sender, body));
  const calls = { channelId: place, authorId: sender.userId, isReply: parentId !== undefined };
  const { message, created } = await storeOfMember({
    channelId: place,
    userId: sender.userId,
    userName: sender.name,
    content: body.content,
    clientMessageId: body.clientMessageId ?? randomUUID(),
    parentId,
    attachments,
    ...(body.content.includes("@") && { mentions: await resolveMentions(body.content, calls) }),
    ...(circumstances.forwarded && { forwarded: circumstances.forwarded }),
    ...(circumstances.isAbsent && { isAbsent: true }),
  });
  return { message: await presentOwn(message, sender), created };
}

/** The same, told to the channel. */
export async function send(
  sender: Sender,
  channelId: string,
  body: Body,
  limits: Limits,
  circumstances: Circumstances = {},
): Promise<{ message: Message; created: boolean }> {
  const { message, created } = await accept(sender, channelId, body, limits, circumstances);
  if (!announced.has(message.id)) {
    announced.add(message.id);
    publish(channelId, { type: "message.created", channelId, rev: message.rev, message });
  }
  return { message, created };
}

const answer = ({ message, created }: { message: Message; created: boolean }) =>
  created ? { message } : { repeat: { message } };

type Posted = Promise<{ message: Message } | Repeat<{ message: Message }>>;

export const post = async (sender: Sender, channelId: string, body: Body, limits: Limits): Posted =>
  answer(await send(sender, channelId, body, limits));

/** A reply by the address of the message it answers. */
export async function reply(actor: Actor, messageId: string, body: Body, limits: Limits): Posted {
  const { message } = await findReadableMessage(messageId, actor.userId);
  return post(actor, message.channelId.toHexString(), { ...body, parentMessageId: messageId }, limits);
}

/** Sends a message on, with its files: those in the other conversation may read it and them from now on. */
export async function forward(
  actor: Actor,
  messageId: string,
  { channelId, ...body }: { channelId: string; content: string; clientMessageId?: string | undefined },
  limits: Limits,
): Posted {
  const { message } = await findLiveMessage(messageId, actor.userId);
  if (message.note) throw forbidden("What the system noted cannot be forwarded.");
  const shown = await presentOne(message);
  // What was forwarded to here is forwarded from where it came.
  const forwarded: Forwarded = message.forwarded ?? {
    messageId,
    channelId: shown.channelId,
    userId: shown.userId,
    userName: shown.user.name,
    content: shown.content,
    createdAt: shown.createdAt,
  };
  return answer(await send(actor, channelId, body, limits, { forwarded, attachments: message.attachments ?? [] }));
}

export async function page(actor: Actor, channelId: string, query: PageQuery): Promise<MessagePage> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  return pageOf(channel._id, query);
}

export async function get(actor: Actor, messageId: string): Promise<{ message: Message }> {
  return { message: await presentOne((await findReadableMessage(messageId, actor.userId)).message) };
}
