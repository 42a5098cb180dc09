import { randomUUID } from "node:crypto";
import type { Message, MessagePage, PageQuery } from "@connectbest/contract";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { ApiError, notFound } from "../../http/errors";
import type { Repeat } from "../../http/handle";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { canPost } from "../channels/channels.policy";
import { demandMessageAllowance } from "./message-allowance";
import { presentAuthor } from "../users/users.presenter";
import { storeMessage } from "./message-writer";
import { pageOf } from "./message-pages";
import { MessageModel } from "./messages.model";
import { presentMessage, presentMessages } from "./messages.presenter";
import { RecentIds } from "./recent-ids";

type Sender = Pick<Actor, "userId" | "name" | "avatarUrl">;
type Limits = Pick<Config, "MESSAGES_PER_MINUTE">;
interface Body {
  content: string;
  clientMessageId?: string | undefined;
}

/**
 * The messages that this process has told of. A repeat of any other is told of again: whoever stored it may have died
 * before saying so, and hearing twice is harmless.
 */
const announced = new RecentIds(5000);

/** Stores a message of one who may post; delivering it is left to the caller (the API, or the message Lambda). */
export async function accept(
  sender: Sender,
  channelId: string,
  body: Body,
  limits: Limits,
): Promise<{ message: Message; created: boolean }> {
  const { channel, member } = await findJoinedChannel(channelId, sender.userId);
  if (!canPost(channel, member)) throw notFound("This channel");
  demandMessageAllowance(sender.userId.toHexString(), limits.MESSAGES_PER_MINUTE);
  const { message, created } = await storeMessage({
    channelId: channel._id,
    userId: sender.userId,
    userName: sender.name,
    content: body.content,
    clientMessageId: body.clientMessageId ?? randomUUID(),
  });
  const author = presentAuthor({ _id: sender.userId, name: sender.name, avatarUrl: sender.avatarUrl });
  return { message: presentMessage(message, author), created };
}

export async function post(
  sender: Sender,
  channelId: string,
  body: Body,
  limits: Limits,
): Promise<{ message: Message } | Repeat<{ message: Message }>> {
  const { message, created } = await accept(sender, channelId, body, limits);
  if (!announced.has(message.id)) {
    announced.add(message.id);
    publish(channelId, { type: "message.created", channelId, rev: message.rev, message });
  }
  return created ? { message } : { repeat: { message } };
}

export async function page(actor: Actor, channelId: string, query: PageQuery): Promise<MessagePage> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  return pageOf(channel._id, query);
}

export async function get(actor: Actor, messageId: string): Promise<{ message: Message }> {
  const message = await MessageModel.findById(messageId).lean();
  if (!message) throw notFound("This message");
  await findJoinedChannel(message.channelId, actor.userId).catch((error: unknown) => {
    throw error instanceof ApiError && error.code === "not_found" ? notFound("This message") : error;
  });
  const [presented] = await presentMessages([message]);
  if (!presented) throw notFound("This message");
  return { message: presented };
}
