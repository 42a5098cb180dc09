import type { ChannelRole, ChannelType } from "@connectbest/contract";

interface Place {
  type: ChannelType;
}
/** The caller's own membership, or `null`. */
type Standing = { role: ChannelRole } | null;

/** Public channels are for everybody to find; private ones and direct messages exist only for those in them. */
export const canSee = (channel: Place, standing: Standing): boolean => channel.type === "public" || standing !== null;

export const canRead = (_channel: Place, standing: Standing): boolean => standing !== null;

export const canPost = canRead;

export const canJoin = (channel: Place): boolean => channel.type === "public";

/** A conversation of two stays one: it can be left alone, not left. */
export const canLeave = (channel: Place): boolean => channel.type !== "dm";

export const canAddMember = (channel: Place, standing: Standing, role: ChannelRole): boolean =>
  channel.type !== "dm" && standing !== null && (role === "member" || standing.role === "admin");
