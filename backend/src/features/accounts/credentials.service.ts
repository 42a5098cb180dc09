import type { ClientSession, Types } from "mongoose";
import type { Config } from "../../config";
import { inTransaction } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { invalidRequest } from "../../http/errors";
import type { Origin } from "../../http/handle";
import { enqueueMail } from "../../mail/outbox";
import { record } from "../audit/audit.service";
import { confirmIdentity } from "../sessions/confirm-identity";
import { hashPassword, refuseCommonPassword } from "../sessions/passwords";
import { closeSockets, endBearers } from "../sessions/sessions.service";
import { forgetAttempts } from "../sessions/throttles";
import { changeAccess, changeUser, findUser } from "../users/users.service";
import { demandMailAllowance } from "./mail-allowance";
import { isGoodLink, linkIsDead, takeLink, withdrawLinks } from "./mailed-links";

type Needs = Pick<Config, "BCRYPT_COST">;

/** The same for any address: whether it has an account is found out when the mail is written. */
export async function forgotPassword(email: string): Promise<void> {
  await demandMailAllowance("password_reset", email);
  await enqueueMail({ kind: "password_reset", to: email });
}

/**
 * Sets a password and ends what the one before had opened or begun: sessions, links, a new address that waits.
 * @returns the person, and the sessions whose sockets are to be closed once the transaction holds
 */
async function setPassword(
  userId: Types.ObjectId,
  passwordHash: string,
  ending: Parameters<typeof endBearers>[1],
  session: ClientSession,
) {
  const user = await changeAccess(userId, { passwordHash, pendingEmail: null }, session);
  const ended = await endBearers(userId, ending, session);
  await withdrawLinks(userId, session);
  await enqueueMail({ kind: "password_changed", to: user.email, userId }, session);
  return { user, ended };
}

/** Whoever holds the link holds the mailbox; everything opened with the old password ends. */
export async function resetPassword(
  { token, newPassword }: { token: string; newPassword: string },
  { ip }: Origin,
  config: Needs,
): Promise<void> {
  refuseCommonPassword(newPassword, "body.newPassword");
  const deadLink = linkIsDead("Ask for a new one.");
  if (!(await isGoodLink("password_reset", token))) throw deadLink;
  const passwordHash = await hashPassword(newPassword, config.BCRYPT_COST);
  const { user, ended } = await inTransaction(async (session) => {
    const link = await takeLink("password_reset", token, session);
    if (!link) throw deadLink;
    const set = await setPassword(link.userId, passwordHash, { tokens: "end" }, session);
    if (set.user.email !== link.email || set.user.deletedAt) throw deadLink;
    return set;
  });
  await closeSockets(user._id, ended);
  await forgetAttempts(user.email);
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
  const passwordHash = await hashPassword(newPassword, config.BCRYPT_COST);
  const { ended } = await inTransaction((session) =>
    setPassword(actor.userId, passwordHash, { except: actor.sessionId, tokens: "stay" }, session),
  );
  await closeSockets(actor.userId, ended);
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
  await demandMailAllowance("verification", newEmail);
  await changeUser(actor.userId, { pendingEmail: newEmail });
  await enqueueMail({ kind: "email_change", to: newEmail, userId: actor.userId });
}
