import type { AuthProvider, Me } from "@connectbest/contract";
import type { Config } from "../../config";
import { ApiError, invalidCredentials } from "../../http/errors";
import type { Origin } from "../../http/handle";
import { enqueueMail } from "../../mail/outbox";
import { findRegistration } from "../accounts/accounts.service";
import { record } from "../audit/audit.service";
import { hashPassword, isOutdated, verifyPassword } from "../sessions/passwords";
import { suspended } from "../sessions/recognize";
import { openSession } from "../sessions/sessions.service";
import { beginLogin, loginSucceeded } from "../sessions/throttles";
import { demandCode } from "../two-factor/demand-code";
import { UserModel } from "../users/users.model";
import { presentMe, type FullUser } from "../users/users.presenter";
import { changeUser } from "../users/users.service";

type Needs = Pick<Config, "JWT_SECRET" | "BCRYPT_COST" | "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

export interface SignedIn {
  user: Me;
  token: string;
  expiresAt: string;
}

/** The last steps of every way in: not suspended, the second factor, a session. */
export async function letIn(
  user: FullUser,
  code: string | undefined,
  origin: Origin,
  method: AuthProvider,
  config: Needs,
  /** Asked last: whether what they came with may be used (again). */
  isFirstUse: () => Promise<boolean> = async () => true,
): Promise<SignedIn> {
  const actor = { userId: user._id, name: user.name };
  if (user.suspendedAt) {
    await record({ kind: "sign_in_failed", outcome: "failure", actor, ip: origin.ip, note: "suspended" });
    throw suspended();
  }
  await demandCode(user, code, origin.ip, config);
  if (!(await isFirstUse())) throw invalidCredentials();
  const session = await openSession(user._id, origin, method, config);
  await record({ kind: "sign_in", actor, ip: origin.ip, note: method });
  return { user: presentMe(user), ...session };
}

/** Tells the owner, once a lock: nobody waits for it, so that no answer takes longer for an address that exists. */
async function tellOfLockout(user: FullUser | null, ip: string | null): Promise<void> {
  if (user) await enqueueMail({ kind: "lockout", to: user.email, userId: user._id, ...(ip && { note: ip }) });
}

/**
 * Signs in with a password. An unknown address and a wrong password look alike, in words and in time; what an address
 * is (unconfirmed, suspended) hears only who knows its password.
 */
export async function login(
  { email, password, code }: { email: string; password: string; code?: string | undefined },
  origin: Origin,
  config: Needs,
): Promise<SignedIn> {
  const attempt = await beginLogin(email, origin.ip);
  const [user, registration] = await Promise.all([
    UserModel.findOne({ email }).select("+passwordHash +googleId").lean(),
    findRegistration(email),
  ]);
  const hash = user ? user.passwordHash : registration?.passwordHash;
  if (!(await verifyPassword(password, hash, config.BCRYPT_COST))) {
    await record({ kind: "sign_in_failed", outcome: "failure", target: email, ip: origin.ip });
    if (attempt.isLast) void tellOfLockout(user, origin.ip).catch(() => undefined);
    throw invalidCredentials();
  }
  await loginSucceeded(email, origin.ip);
  if (!user)
    throw new ApiError("email_not_verified", "Confirm your address first: open the link that was mailed to you.");
  if (user.passwordHash && isOutdated(user.passwordHash, config.BCRYPT_COST))
    await changeUser(user._id, { passwordHash: await hashPassword(password, config.BCRYPT_COST) });
  return letIn(user, code, origin, "password", config);
}
