import type { ChannelMember } from "@connectbest/contract";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { loadUsers } from "../users/users.service";
import { findVisibleChannel } from "./channel-access";
import { presentMember } from "./channels.presenter";
import { MemberModel } from "./members.model";

/** Who is in a channel, longest-standing first. */
export async function listMembers(
  actor: Actor,
  channelId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ members: ChannelMember[]; nextCursor: string | null }> {
  const { channel } = await findVisibleChannel(channelId, actor.userId);
  const order = { by: "joinedAt", direction: 1 } as const;
  const { found, nextCursor } = await findDatePage(MemberModel, { channelId: channel._id }, order, page);
  const users = new Map((await loadUsers(found.map((m) => m.userId))).map((user) => [user._id.toHexString(), user]));
  return {
    members: found.flatMap((member) => {
      const user = users.get(member.userId.toHexString());
      return user ? [presentMember(member, user)] : [];
    }),
    nextCursor,
  };
}
