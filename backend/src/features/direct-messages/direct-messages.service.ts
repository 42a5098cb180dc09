import type { Channel, Message, MessagePage, PageQuery } from "@connectbest/contract";
import { isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import type { Repeat } from "../../http/handle";
import { viewFor } from "../channels/channel-views";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { createWithMembers } from "../channels/channels.service";
import { pageOf } from "../messages/message-pages";
import * as messages from "../messages/messages.service";
import { findPresentUser, findUser } from "../users/users.service";

/** One conversation a group of people: their ids, sorted. A note to oneself is a group of one. */
const keyFor = (actor: Actor, otherIds: string[]): string =>
  [...new Set([actor.userId.toHexString(), ...otherIds])].sort().join(",");

const findConversation = (dmKey: string): Promise<ChannelDocument | null> => ChannelModel.findOne({ dmKey }).lean();

/** Finds the conversation with these people, or creates it; two who open it at once get the same one. */
async function open(actor: Actor, otherIds: string[]): Promise<{ channel: ChannelDocument; created: boolean }> {
  for (const id of otherIds) await findPresentUser(id);
  const dmKey = keyFor(actor, otherIds);
  const existing = await findConversation(dmKey);
  if (existing) return { channel: existing, created: false };
  try {
    const roles = new Map(dmKey.split(",").map((id) => [id, "member"] as const));
    const draft = { type: "dm" as const, name: null, description: null, dmKey, createdBy: actor.userId };
    return { channel: (await createWithMembers(draft, roles)).channel, created: true };
  } catch (error) {
    const winner = isDuplicateKey(error) ? await findConversation(dmKey) : null;
    if (!winner) throw error;
    return { channel: winner, created: false };
  }
}

export async function openWith(
  actor: Actor,
  otherIds: string[],
): Promise<{ channel: Channel } | Repeat<{ channel: Channel }>> {
  const { channel, created } = await open(actor, otherIds);
  const answer = { channel: await viewFor(channel._id, actor.userId) };
  return created ? answer : { repeat: answer };
}

/** Reading must not create: before the first word the conversation is simply empty. */
export async function page(actor: Actor, otherId: string, query: PageQuery): Promise<MessagePage> {
  await findUser(otherId);
  const channel = await findConversation(keyFor(actor, [otherId]));
  return channel ? pageOf(channel._id, query) : { messages: [], hasMoreBefore: false, hasMoreAfter: false };
}

export async function post(
  actor: Actor,
  otherId: string,
  body: messages.Body,
  limits: messages.Limits,
): Promise<{ message: Message } | Repeat<{ message: Message }>> {
  const { channel } = await open(actor, [otherId]);
  return messages.post(actor, channel._id.toHexString(), body, limits);
}
