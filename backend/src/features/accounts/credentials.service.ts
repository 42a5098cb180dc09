import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { invalidRequest } from "../../http/errors";
import type { Origin } from "../../http/handle";
import { enqueueMail } from "../../mail/outbox";
import { record } from "../audit/audit.service";
import { confirmIdentity } from "../sessions/confirm-identity";
import { hashPassword, refuseCommonPassword } from "../sessions/passwords";
import { endAllAccess, endSessions } from "../sessions/sessions.service";
import { forgetAttempts } from "../sessions/throttles";
import { changeUser, findUser } from "../users/users.service";
import { demandMailAllowance } from "./mail-allowance";
import { linkIsDead, takeLink, withdrawLinks } from "./mailed-links";

type Needs = Pick<Config, "BCRYPT_COST">;

/** The same for any address: whether it has an account is found out when the mail is written. */
export async function forgotPassword(email: string): Promise<void> {
  await demandMailAllowance(email);
  await enqueueMail({ kind: "password_reset", to: email });
}

/** Whoever holds the link holds the mailbox; everything opened with the old password ends. */
export async function resetPassword(
  { token, newPassword }: { token: string; newPassword: string },
  { ip }: Origin,
  config: Needs,
): Promise<void> {
  refuseCommonPassword(newPassword, "body.newPassword");
  // Hashed first: a password that cannot be kept must not cost the link.
  const passwordHash = await hashPassword(newPassword, config.BCRYPT_COST);
  const link = await takeLink("password_reset", token);
  if (!link) throw linkIsDead("Ask for a new one.");
  const user = await changeUser(link.userId, { passwordHash });
  await endAllAccess(user._id);
  await withdrawLinks(user._id);
  await forgetAttempts(user.email);
  await enqueueMail({ kind: "password_changed", to: user.email, userId: user._id });
  await record({
    kind: "password_changed",
    actor: { userId: user._id, name: user.name },
    ip,
    note: "by a mailed link",
  });
}

export async function changePassword(
  actor: Actor,
  { currentPassword, newPassword }: { currentPassword?: string | undefined; newPassword: string },
  config: Needs,
): Promise<void> {
  refuseCommonPassword(newPassword, "body.newPassword");
  await confirmIdentity(actor, currentPassword, "body.currentPassword", config);
  const user = await changeUser(actor.userId, { passwordHash: await hashPassword(newPassword, config.BCRYPT_COST) });
  await endSessions(actor.userId, actor.sessionId);
  await withdrawLinks(actor.userId);
  await enqueueMail({ kind: "password_changed", to: user.email, userId: user._id });
  await record({ kind: "password_changed", actor, ip: actor.ip });
}

/** The address changes when the link mailed to the new one is opened; whether that one is free is found out then. */
export async function changeEmail(
  actor: Actor,
  { newEmail, currentPassword }: { newEmail: string; currentPassword?: string | undefined },
  config: Needs,
): Promise<void> {
  await confirmIdentity(actor, currentPassword, "body.currentPassword", config);
  const { email } = await findUser(actor.userId);
  if (email === newEmail) {
    const message = "This is your address already.";
    throw invalidRequest(message, [{ path: "body.newEmail", message }]);
  }
  await demandMailAllowance(newEmail);
  await changeUser(actor.userId, { pendingEmail: newEmail });
  await enqueueMail({ kind: "email_change", to: newEmail, userId: actor.userId });
}
