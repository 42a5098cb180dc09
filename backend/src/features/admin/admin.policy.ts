import type { WorkspaceRole } from "@connectbest/contract";

interface Person {
  role: WorkspaceRole;
  isMe: boolean;
}

/** Nobody shuts themselves out: another administrator must do it. */
export const canSuspend = (target: Person): boolean => !target.isMe;

/** One's own account is deleted in one's own settings, with the password. */
export const canDelete = (target: Person): boolean => !target.isMe;

/** One's own second factor goes with one's own password and a code, and in no other way. */
export const canResetTwoFactor = (target: Person): boolean => !target.isMe;

/** An administrator who demands a second factor of everybody must have one. */
export const canRequireTwoFactor = (me: { twoFactorEnabled: boolean }): boolean => me.twoFactorEnabled;
