import type { ChannelRole, ChannelType } from "@connectbest/contract";

interface Place {
  type: ChannelType;
  archivedAt?: Date | null;
}
/** The caller's own membership, or `null`. */
type Standing = { role: ChannelRole } | null;
/** The caller's role in the workspace. */
type Workspace = { role: "admin" | "user" };

/** Public channels are for everybody to find; private ones and direct messages exist only for those in them. */
export const canSee = (channel: Place, standing: Standing): boolean => channel.type === "public" || standing !== null;

export const canRead = (_channel: Place, standing: Standing): boolean => standing !== null;

export const isOpen = (channel: Place): boolean => !channel.archivedAt;

export const canJoin = (channel: Place): boolean => channel.type === "public" && isOpen(channel);

/** A direct message stays among those it began with: it can be left alone, not left. */
export const canLeave = (channel: Place): boolean => channel.type !== "dm";

export const canAddMember = (channel: Place, standing: Standing, role: ChannelRole): boolean =>
  channel.type !== "dm" && standing !== null && (role === "member" || standing.role === "admin");

/** Rename, archive, roles: the channel's administrators; where everybody may look, the workspace's as well. */
export const canManage = (channel: Place, standing: Standing, { role }: Workspace): boolean =>
  channel.type !== "dm" && (standing?.role === "admin" || (channel.type === "public" && role === "admin"));
