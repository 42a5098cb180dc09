import type { ChannelMember } from "@connectbest/contract";
import { Types, type QueryFilter } from "mongoose";
import type { Actor } from "../../http/actor";
import { dateOf, decodeCursor, encodeCursor } from "../../http/cursor";
import { loadUsers } from "../users/users.service";
import { findVisibleChannel } from "./channel-access";
import { presentMember } from "./channels.presenter";
import { MemberModel, type MemberDocument } from "./members.model";

/** Who is in a channel, longest-standing first. */
export async function listMembers(
  actor: Actor,
  channelId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ members: ChannelMember[]; nextCursor: string | null }> {
  const { channel } = await findVisibleChannel(channelId, actor.userId);
  const after = decodeCursor(page.cursor);
  const joinedAfter = after && dateOf(after);
  const filter: QueryFilter<MemberDocument> = {
    channelId: channel._id,
    ...(after && {
      joinedAt: { $gte: joinedAfter },
      $or: [{ joinedAt: { $gt: joinedAfter } }, { _id: { $gt: new Types.ObjectId(after.id) } }],
    }),
  };
  const found = await MemberModel.find(filter)
    .sort({ joinedAt: 1, _id: 1 })
    .limit(page.limit + 1)
    .lean();
  const shown = found.slice(0, page.limit);
  const users = new Map((await loadUsers(shown.map((m) => m.userId))).map((user) => [user._id.toHexString(), user]));
  const last = shown.at(-1);
  return {
    members: shown.flatMap((member) => {
      const user = users.get(member.userId.toHexString());
      return user ? [presentMember(member, user)] : [];
    }),
    nextCursor:
      found.length > shown.length && last
        ? encodeCursor({ key: last.joinedAt.toISOString(), id: last._id.toHexString() })
        : null,
  };
}
