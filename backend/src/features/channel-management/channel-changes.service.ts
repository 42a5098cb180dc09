import type { Channel } from "@connectbest/contract";
import type { ClientSession, UpdateQuery } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { conflict, forbidden } from "../../http/errors";
import { record } from "../audit/audit.service";
import { findVisibleChannel } from "../channels/channel-access";
import { viewFor } from "../channels/channel-views";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { canManage } from "../channels/channels.policy";
import { inChannelOrder } from "../messages/channel-queue";
import type { MessageDocument } from "../messages/messages.model";
import { addNote, publishNote } from "../messages/notes";

/** What becomes of the channel as it is now, and what is noted of it. */
type Change = (channel: ChannelDocument, session: ClientSession) => Promise<UpdateQuery<ChannelDocument> | null>;

/** Changes a channel whose administration is the actor's, and tells everybody in it. @throws not_found, forbidden */
async function change(
  actor: Actor,
  channelId: string,
  next: (note: (draft: Noted) => Promise<void>) => Change,
): Promise<ChannelDocument> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (!canManage(channel, member, actor))
    throw forbidden(
      channel.type === "dm"
        ? "A direct message has no name and is not archived: mute it instead."
        : "Only the channel's administrators can do this.",
    );
  const { changed, notes } = await inChannelOrder(channel._id, async (session) => {
    const notes: MessageDocument[] = [];
    const note = async (draft: Noted) =>
      void notes.push(await addNote({ ...draft, channelId: channel._id, by: actor.userId }, session));
    const current = (await ChannelModel.findById(channel._id).session(session).lean()) ?? channel;
    const update = await next(note)(current, session);
    if (!update) return { changed: current, notes };
    const changed = await ChannelModel.findByIdAndUpdate(channel._id, update, {
      session,
      returnDocument: "after",
    }).lean();
    return { changed: changed ?? current, notes };
  });
  for (const note of notes) await publishNote(note, changed);
  return changed;
}

interface Noted {
  kind: "renamed" | "described" | "archived" | "restored";
  before?: string | null;
  after?: string | null;
}

const view = async (actor: Actor, channel: ChannelDocument): Promise<{ channel: Channel }> => ({
  channel: await viewFor(channel._id, actor.userId),
});

export async function update(
  actor: Actor,
  channelId: string,
  { name, description }: { name?: string | undefined; description?: string | null | undefined },
): Promise<{ channel: Channel }> {
  try {
    const changed = await change(actor, channelId, (note) => async (channel) => {
      if (channel.archivedAt) throw forbidden("This channel is archived: open it again first.");
      const isRenamed = name !== undefined && name !== channel.name;
      const after = description === undefined ? channel.description : description || null;
      if (isRenamed) await note({ kind: "renamed", before: channel.name, after: name });
      if (after !== channel.description) await note({ kind: "described", before: channel.description, after });
      return {
        $set: {
          description: after,
          ...(isRenamed && { name, ...(channel.type === "public" && { publicName: name }) }),
        },
      };
    });
    return await view(actor, changed);
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict(`There is a public channel #${name} already. Choose another name.`);
    throw error;
  }
}

/** Nothing more is said in it; it keeps its name, so that it can be opened again. */
export async function archive(actor: Actor, channelId: string): Promise<void> {
  await change(actor, channelId, (note) => async (channel) => {
    if (channel.archivedAt) return null;
    if (channel.isDefault) throw forbidden("Everybody who registers joins this channel: it cannot be archived.");
    await note({ kind: "archived" });
    return { $set: { archivedAt: new Date() } };
  });
  await record({ kind: "channel_archived", actor, target: channelId, ip: actor.ip });
}

export async function restore(actor: Actor, channelId: string): Promise<{ channel: Channel }> {
  const changed = await change(actor, channelId, (note) => async (channel) => {
    if (!channel.archivedAt) return null;
    await note({ kind: "restored" });
    return { $set: { archivedAt: null } };
  });
  return view(actor, changed);
}
