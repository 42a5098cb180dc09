import type { ClientSession, Types } from "mongoose";
import { forbidden, notFound } from "../../http/errors";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";

export type LastMessage = NonNullable<ChannelDocument["lastMessage"]>;

interface Advance {
  /** How many revisions are taken. */
  by: number;
  /** How many of them are messages that count as unread. */
  messages?: number;
  lastMessage?: LastMessage;
  /** Comings and goings are noted even where nothing more is said. */
  evenArchived?: boolean;
}

/** Only what is in it is read and written: the rest of the document stays on the server. */
export type Advanced = Pick<ChannelDocument, "rev" | "messageCount" | "type" | "lastMessage">;

const archived = "This channel is archived: it can be read, and nothing more is said in it.";

/**
 * Takes the next revisions of a channel, in this transaction: whoever commits first has the lower ones. Goes to the driver
 * as it is, for it stands in every send.
 * @throws not_found, forbidden when the channel is archived
 */
export async function advanceChannel(
  channelId: Types.ObjectId,
  { by, messages = 0, lastMessage, evenArchived = false }: Advance,
  session: ClientSession,
): Promise<Advanced> {
  const advanced = await ChannelModel.collection.findOneAndUpdate(
    { _id: channelId, ...(!evenArchived && { archivedAt: null }) },
    { $inc: { rev: by, messageCount: messages }, ...(lastMessage && { $set: { lastMessage } }) },
    {
      returnDocument: "after",
      session,
      projection: { rev: 1, messageCount: 1, type: 1, lastMessage: 1 },
    },
  );
  if (advanced) return advanced as unknown as Advanced;
  throw (await ChannelModel.exists({ _id: channelId }).session(session))
    ? forbidden(archived)
    : notFound("This channel");
}

/** The first 140 characters on one line, none cut in half. */
export const excerptOf = (content: string): string =>
  [...content.slice(0, 1000).replace(/\s+/g, " ").trim()].slice(0, 140).join("");
