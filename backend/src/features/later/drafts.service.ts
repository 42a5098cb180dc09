import { userTopic, type Draft } from "@connectbest/contract";
import { Types } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { MemberModel } from "../channels/members.model";
import { MessageModel } from "../messages/messages.model";
import { DraftModel, type DraftDocument } from "./drafts.model";

/** So many are synced and listed: whoever has more has forgotten them. */
const mostDrafts = 200;

const present = (draft: DraftDocument): Draft => ({
  channelId: draft.channelId.toHexString(),
  parentMessageId: draft.parentId?.toHexString() ?? null,
  content: draft.content,
  fileIds: draft.fileIds.map((id) => id.toHexString()),
  updatedAt: draft.updatedAt.toISOString(),
  version: draft.version,
});

interface Place {
  userId: Types.ObjectId;
  channelId: Types.ObjectId;
  parentId: Types.ObjectId | null;
}

/** Where a draft stands: in a channel of the actor's, perhaps in one of its threads. @throws not_found */
async function findPlace(actor: Actor, channelId: string, parentMessageId: string | undefined): Promise<Place> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  const place = { userId: actor.userId, channelId: channel._id, parentId: null };
  if (!parentMessageId) return place;
  const parent = await MessageModel.findById(parentMessageId, { channelId: 1, parentId: 1 }).lean();
  if (!parent?.channelId.equals(channel._id)) throw notFound("This message");
  return { ...place, parentId: parent.parentId ?? parent._id };
}

/** Everything somebody has begun to write where they still may, latest first. */
export async function draftsOf(userId: Types.ObjectId): Promise<Draft[]> {
  const drafts = await DraftModel.find({ userId, isEmpty: false }).sort({ updatedAt: -1 }).limit(mostDrafts).lean();
  if (drafts.length === 0) return [];
  const channelIds = drafts.map((draft) => draft.channelId);
  const mine = await MemberModel.find({ userId, channelId: { $in: channelIds } }, { channelId: 1 }).lean();
  const joined = new Set(mine.map((member) => member.channelId.toHexString()));
  return drafts.filter((draft) => joined.has(draft.channelId.toHexString())).map(present);
}

export async function get(
  actor: Actor,
  channelId: string,
  parentMessageId: string | undefined,
): Promise<{ draft: Draft }> {
  const place = await findPlace(actor, channelId, parentMessageId);
  const draft = await DraftModel.findOne(place).lean();
  const nothing = { ...place, content: "", fileIds: [], updatedAt: new Date(0), version: 0, isEmpty: true };
  return { draft: present(draft ?? { _id: new Types.ObjectId(), ...nothing }) };
}

async function write(place: Place, content: string, fileIds: string[]): Promise<DraftDocument> {
  const change = {
    $set: { content, fileIds, isEmpty: content.trim() === "" && fileIds.length === 0, updatedAt: new Date() },
    $inc: { version: 1 },
  };
  for (let attempt = 1; ; attempt++)
    try {
      return await DraftModel.findOneAndUpdate(place, change, { upsert: true, returnDocument: "after" }).lean();
    } catch (error) {
      // Two devices began at once: the other's row is there now.
      if (!isDuplicateKey(error) || attempt === 3) throw error;
    }
}

/** The latest stands: what another device wrote before is replaced, and hears of it. */
export async function save(
  actor: Actor,
  channelId: string,
  body: { content: string; parentMessageId?: string | undefined; fileIds: string[] },
): Promise<{ draft: Draft }> {
  const place = await findPlace(actor, channelId, body.parentMessageId);
  const draft = present(await write(place, body.content, body.fileIds));
  publish(userTopic(actor.userId.toHexString()), { type: "draft.updated", draft });
  return { draft };
}

export const remove = async (actor: Actor, channelId: string, parentMessageId: string | undefined): Promise<void> =>
  void (await save(actor, channelId, { content: "", parentMessageId, fileIds: [] }));
