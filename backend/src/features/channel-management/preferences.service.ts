import { userTopic, type Membership, type NotificationLevel, type Section } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { viewFor } from "../channels/channel-views";
import { MemberModel, type MemberDocument } from "../channels/members.model";
import { SidebarModel, type SidebarDocument } from "./sections.model";

/** Changes how the actor keeps a channel, on all their devices. */
async function keep(
  actor: Actor,
  channelId: string,
  change: Partial<MemberDocument>,
): Promise<{ membership: Membership; rev: number }> {
  const { member } = await findJoinedChannel(channelId, actor.userId);
  const updated = await MemberModel.findByIdAndUpdate(
    member._id,
    { $set: change, $inc: { version: 1 } },
    { returnDocument: "after" },
  ).lean();
  if (!updated) throw notFound("This channel");
  const { membership, rev } = await viewFor(channelId, actor.userId);
  if (!membership) throw notFound("This channel");
  const answer = { membership, rev };
  publish(userTopic(actor.userId.toHexString()), { type: "membership.updated", channelId, ...answer });
  return answer;
}

export const setNotifications = (
  actor: Actor,
  channelId: string,
  { muted, level }: { muted?: boolean | undefined; level?: NotificationLevel | undefined },
) => keep(actor, channelId, { ...(muted !== undefined && { muted }), ...(level && { level }) });

export async function setPlace(
  actor: Actor,
  channelId: string,
  { isFavourite, sectionId }: { isFavourite?: boolean | undefined; sectionId?: string | null | undefined },
) {
  if (sectionId && !(await sectionsOf(actor.userId)).some((section) => section.id === sectionId))
    throw notFound("This section");
  return keep(actor, channelId, {
    ...(isFavourite !== undefined && { isFavourite }),
    ...(sectionId !== undefined && { sectionId: sectionId ? new Types.ObjectId(sectionId) : null }),
  });
}

const present = (sidebar: SidebarDocument | null): Section[] =>
  (sidebar?.sections ?? []).map(({ id, name }) => ({ id: id.toHexString(), name }));

export const sectionsOf = async (userId: Types.ObjectId): Promise<Section[]> =>
  present(await SidebarModel.findById(userId).lean());

/** Replaces them all; the channels of one that goes stand among the others again. */
export async function setSections(
  actor: Actor,
  wanted: { id?: string | undefined; name: string }[],
): Promise<{ sections: Section[] }> {
  const known = new Set((await sectionsOf(actor.userId)).map((section) => section.id));
  const sections = wanted.map(({ id, name }) => ({
    id: id && known.delete(id) ? new Types.ObjectId(id) : new Types.ObjectId(),
    name,
  }));
  const sidebar = await SidebarModel.findByIdAndUpdate(
    actor.userId,
    { $set: { sections } },
    { upsert: true, returnDocument: "after" },
  ).lean();
  if (known.size > 0)
    await MemberModel.updateMany(
      { userId: actor.userId, sectionId: { $in: [...known] } },
      { $set: { sectionId: null }, $inc: { version: 1 } },
    );
  const answer = { sections: present(sidebar) };
  publish(userTopic(actor.userId.toHexString()), { type: "sections.updated", ...answer });
  return answer;
}
