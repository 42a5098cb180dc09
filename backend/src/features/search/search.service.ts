import type { SearchResult } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { decodeCursor, encodeCursor } from "../../http/cursor";
import { viewChannels } from "../channels/channel-views";
import { ChannelModel } from "../channels/channels.model";
import { MemberModel } from "../channels/members.model";
import type { MessageDocument } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import { findMessages } from "./find-messages";
import { cursorAt, positionOf } from "./position";
import { highlightsOf } from "./query/highlights";
import { parseQuery } from "./query/parse-query";
import { QueryResolver } from "./query/resolve-query";
import { findReadableChannels } from "./readable-channels";

/** Each message with the channel it stands in, as the asker sees both. */
async function present(messages: MessageDocument[], terms: string[], userId: Types.ObjectId): Promise<SearchResult[]> {
  if (messages.length === 0) return [];
  const ids = [...new Set(messages.map(({ channelId }) => channelId.toHexString()))];
  const channels = await ChannelModel.find({ _id: { $in: ids } }).lean();
  const members = await MemberModel.find({ userId, channelId: { $in: ids } }).lean();
  const memberOf = new Map(members.map((member) => [member.channelId.toHexString(), member]));
  // Whoever was removed meanwhile finds nothing any more.
  const joined = channels.filter(({ _id }) => memberOf.has(_id.toHexString()));
  const views = await viewChannels(joined, ({ _id }) => memberOf.get(_id.toHexString()) ?? null);
  const byId = new Map(views.map((view) => [view.id, view]));
  return (await presentMessages(messages)).flatMap((message) => {
    const channel = byId.get(message.channelId);
    return channel ? [{ message, channel, highlights: highlightsOf(message.content, terms) }] : [];
  });
}

export async function search(
  actor: Actor,
  { q, limit, cursor }: { q: string; limit: number; cursor?: string | undefined },
): Promise<{ results: SearchResult[]; nextCursor: string | null }> {
  const position = positionOf(decodeCursor(cursor));
  const conditions = parseQuery(q);
  const channels = await findReadableChannels(actor.userId);
  const criteria = await new QueryResolver(actor.userId, channels).resolve(conditions);
  const { messages, next } = await findMessages(criteria, channels, position, limit);
  return {
    results: await present(messages, criteria.terms, actor.userId),
    nextCursor: next && encodeCursor(cursorAt(next)),
  };
}
