import type { WorkspaceRole } from "@connectbest/contract";

/** How somebody stands to a file. */
export interface Standing {
  isOwner: boolean;
  /** A message shows it. */
  isAttached: boolean;
  /** They are in a channel where one does. */
  isInChannel: boolean;
  role: WorkspaceRole;
}

/** Once it was sent, a file is its channels': its owner sees it as a member of one, and so only for as long. */
export const canRead = ({ isOwner, isAttached, isInChannel }: Standing): boolean =>
  isAttached ? isInChannel : isOwner;

/** Of those who can see it. */
export const canDelete = ({ isOwner, role }: Standing): boolean => isOwner || role === "admin";
