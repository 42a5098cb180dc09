import type { TokenScope, WorkspaceRole } from "@connectbest/contract";

/** A token can do no more than the person who makes it. */
export const canGrantScope = (person: { role: WorkspaceRole }, scope: TokenScope): boolean =>
  scope !== "admin" || person.role === "admin";

/** Milliseconds for which a sign-in counts as fresh. */
export const freshness = 10 * 60_000;

/** How somebody must show that the session is in their own hands before a change that could lock them out. */
export const confirmationFor = (
  account: { hasPassword: boolean },
  session: { signedInAt: Date },
  now = new Date(),
): "password" | "none" | "sign_in_again" => {
  if (account.hasPassword) return "password";
  return now.getTime() - session.signedInAt.getTime() <= freshness ? "none" : "sign_in_again";
};
