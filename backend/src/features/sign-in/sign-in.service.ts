import type { AuthProvider, Me } from "@connectbest/contract";
import type { Config } from "../../config";
import { ApiError, invalidCredentials } from "../../http/errors";
import type { Origin } from "../../http/handle";
import { enqueueMail } from "../../mail/outbox";
import { findRegistration } from "../accounts/accounts.service";
import { record } from "../audit/audit.service";
import { hashPassword, isOutdated, verifyPassword } from "../sessions/passwords";
import { suspended } from "../sessions/recognize";
import { endSession, openSession } from "../sessions/sessions.service";
import { attemptLogin } from "../sessions/throttles";
import { demandCode } from "../two-factor/demand-code";
import { UserModel } from "../users/users.model";
import { presentMe, type FullUser } from "../users/users.presenter";
import { findFullUser } from "../users/users.service";

type Needs = Pick<Config, "JWT_SECRET" | "BCRYPT_COST" | "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

export interface SignedIn {
  user: Me;
  token: string;
  expiresAt: string;
}

/**
 * A change that ends sessions (a new password, a suspension ...) may have come while this sign-in was under way, before its
 * session was there to be ended. Such a change raises `accessRev` before it ends sessions, so looking now is in time.
 */
async function openUnlessChanged(user: FullUser, origin: Origin, method: AuthProvider, config: Needs) {
  const { sessionId, ...opened } = await openSession(user._id, origin, method, config);
  const now = await UserModel.findById(user._id, { accessRev: 1 }).lean();
  if (now?.accessRev === user.accessRev) return opened;
  await endSession(user._id, sessionId);
  throw invalidCredentials();
}

/** The last steps of every way in: not suspended, the second factor, a session. */
export async function letIn(
  user: FullUser,
  code: string | undefined,
  origin: Origin,
  method: AuthProvider,
  config: Needs,
  /** Done last before the session is opened, and may refuse by throwing. */
  before: () => Promise<void> = async () => undefined,
): Promise<SignedIn> {
  const actor = { userId: user._id, name: user.name };
  if (user.suspendedAt) {
    await record({ kind: "sign_in_failed", outcome: "failure", actor, ip: origin.ip, note: "suspended" });
    throw suspended();
  }
  await demandCode(user, code, origin.ip, config);
  await before();
  const opened = await openUnlessChanged(user, origin, method, config);
  await record({ kind: "sign_in", actor, ip: origin.ip, note: method });
  return { user: presentMe(await findFullUser(user._id)), ...opened };
}

/** Tells the owner, once a lock: nobody waits for it, so that no answer takes longer for an address that exists. */
async function tellOfLockout(email: string, ip: string | null): Promise<void> {
  const user = await UserModel.findOne({ email, deletedAt: null }).lean();
  if (user) await enqueueMail({ kind: "lockout", to: email, userId: user._id, ...(ip && { note: ip }) });
}

/** More work is asked for than when the password was hashed. Whoever changed it meanwhile keeps what they chose. */
async function rehash(user: FullUser, password: string, { BCRYPT_COST }: Needs): Promise<void> {
  if (!user.passwordHash || !isOutdated(user.passwordHash, BCRYPT_COST)) return;
  const passwordHash = await hashPassword(password, BCRYPT_COST);
  await UserModel.updateOne({ _id: user._id, passwordHash: user.passwordHash }, { $set: { passwordHash } });
}

interface Credentials {
  email: string;
  password: string;
  code?: string | undefined;
}

/**
 * Whose password it is: somebody's, that of a registration nobody has confirmed, or nobody's. A registration costs a second
 * comparison whether or not the address has an account, and what it answers is the same: anybody can register any address.
 */
async function whose({ email, password }: Credentials, cost: number): Promise<FullUser | "unconfirmed" | "nobody"> {
  const [user, registration] = await Promise.all([
    UserModel.findOne({ email }).select("+passwordHash +googleId").lean(),
    findRegistration(email),
  ]);
  if ((await verifyPassword(password, user?.passwordHash, cost)) && user) return user;
  if (registration && (await verifyPassword(password, registration.passwordHash, cost))) return "unconfirmed";
  return "nobody";
}

/**
 * Signs in with a password. An unknown address and a wrong password look alike, in words and in time; what an address
 * is (unconfirmed, suspended) hears only who knows its password.
 */
export const login = (credentials: Credentials, origin: Origin, config: Needs): Promise<SignedIn> =>
  attemptLogin(credentials.email, origin.ip, async (attempt) => {
    const { email, password, code } = credentials;
    const found = await whose(credentials, config.BCRYPT_COST);
    // It counts as a wrong one: else whoever registers an address could go on guessing for its account.
    if (found === "unconfirmed")
      throw new ApiError("email_not_verified", "Confirm your address first: open the link that was mailed to you.");
    if (found === "nobody") {
      await record({ kind: "sign_in_failed", outcome: "failure", target: email, ip: origin.ip });
      if (attempt.isLast) void tellOfLockout(email, origin.ip).catch(() => undefined);
      throw invalidCredentials();
    }
    await attempt.succeed();
    const signedIn = await letIn(found, code, origin, "password", config);
    // The session is open: what goes wrong here is tried again with the next sign-in.
    await rehash(found, password, config).catch(() => undefined);
    return signedIn;
  });
