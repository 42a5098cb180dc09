import type { Channel, ChannelMember, Membership } from "@connectbest/contract";
import { presentUser, type VisibleUser } from "../users/users.presenter";
import type { ChannelDocument } from "./channels.model";
import type { MemberDocument } from "./members.model";

export function presentMembership(
  member: MemberDocument,
  channel: Pick<ChannelDocument, "messageCount" | "type">,
): Membership {
  const unreadCount = Math.max(0, channel.messageCount - member.readCount);
  return {
    role: member.role,
    lastReadSeq: member.lastReadSeq,
    unreadCount,
    // What is said to somebody directly calls them.
    mentionCount: channel.type === "dm" ? unreadCount : member.mentionCount,
    muted: member.muted,
    level: member.level,
    isFavourite: member.isFavourite,
    sectionId: member.sectionId?.toHexString() ?? null,
    joinedAt: member.joinedAt.toISOString(),
    version: member.version,
  };
}

/**
 * @param member the viewer's own membership; `null` for somebody outside (who is not shown what was last said), `all` for
 * everybody in the channel alike
 * @param participants everybody in it, for a direct message
 */
export function presentChannel(
  channel: ChannelDocument,
  member: MemberDocument | null | "all",
  participants?: VisibleUser[],
): Channel {
  const last = member && channel.lastMessage;
  return {
    id: channel._id.toHexString(),
    name: channel.name,
    description: channel.description,
    type: channel.type,
    createdBy: channel.createdBy.toHexString(),
    createdAt: channel.createdAt.toISOString(),
    archivedAt: channel.archivedAt?.toISOString() ?? null,
    memberCount: channel.memberCount,
    rev: channel.rev,
    lastMessage: last && {
      id: last.id.toHexString(),
      userId: last.userId.toHexString(),
      userName: last.userName,
      excerpt: last.excerpt,
      createdAt: last.createdAt.toISOString(),
    },
    membership: member && member !== "all" ? presentMembership(member, channel) : null,
    ...(participants && { participants: participants.map(presentUser) }),
  };
}

export const presentMember = (member: MemberDocument, user: VisibleUser): ChannelMember => ({
  user: presentUser(user),
  role: member.role,
  joinedAt: member.joinedAt.toISOString(),
});
