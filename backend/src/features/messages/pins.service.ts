import type { Message } from "@connectbest/contract";

import type { Actor } from "../../http/actor";
import { conflict, forbidden } from "../../http/errors";
import { findJoinedChannel } from "../channels/channel-access";
import { changeMessage, type Change } from "./change-message";
import { findLiveMessage } from "./find-message";
import { MessageModel, type MessageDocument } from "./messages.model";
import { canRespond } from "./messages.policy";
import { presentMessages } from "./messages.presenter";
import { addNote, publishNote } from "./notes";
import { PinModel } from "./pins.model";

/** What is pinned is read at a glance, or it is not worth pinning. */
const mostPins = 100;

export async function pin(actor: Actor, messageId: string): Promise<{ message: Message }> {
  const { message } = await findLiveMessage(messageId, actor.userId);
  if (!canRespond(message)) throw forbidden("What the system noted cannot be pinned.");
  const { _id, channelId } = message;
  const notes: MessageDocument[] = [];
  const tellNotes = async () => {
    for (const note of notes) await publishNote(note);
  };
  const change: Change = async (current, session) => {
    notes.length = 0;
    if (current.pinnedAt) return null;
    if ((await PinModel.countDocuments({ channelId }).session(session)) >= mostPins)
      throw conflict(`A channel has at most ${mostPins} pins. Unpin one first.`);
    const pinnedAt = new Date();
    await PinModel.create([{ channelId, messageId: _id, userId: actor.userId, createdAt: pinnedAt }], { session });
    notes.push(await addNote({ channelId, kind: "pinned", by: actor.userId }, session));
    return { $set: { pinnedAt } };
  };
  return { message: await changeMessage(message, actor.userId, change, tellNotes) };
}

export async function unpin(actor: Actor, messageId: string): Promise<{ message: Message }> {
  const { message } = await findLiveMessage(messageId, actor.userId);
  const changed = await changeMessage(message, actor.userId, async (current, session) => {
    await PinModel.deleteOne({ messageId: current._id }, { session });
    return current.pinnedAt ? { $unset: { pinnedAt: 1 } } : null;
  });
  return { message: changed };
}

export async function list(actor: Actor, channelId: string): Promise<{ messages: Message[] }> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  const pins = await PinModel.find({ channelId: channel._id }).sort({ createdAt: -1, _id: -1 }).limit(mostPins).lean();
  const messages = await presentMessages(
    await MessageModel.find({ _id: { $in: pins.map((one) => one.messageId) } }).lean(),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  return { messages: pins.flatMap((one) => byId.get(one.messageId.toHexString()) ?? []) };
}
