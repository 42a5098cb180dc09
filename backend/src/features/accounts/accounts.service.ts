import { Types, type ClientSession } from "mongoose";
import type { Config } from "../../config";
import { fingerprint } from "../../crypto/one-way";
import type { Origin } from "../../http/handle";
import { ApiError, conflict } from "../../http/errors";
import { enqueueMail } from "../../mail/outbox";
import { record } from "../audit/audit.service";
import { hashPassword, refuseCommonPassword, verifyPassword } from "../sessions/passwords";
import { forgetAttempts } from "../sessions/throttles";
import { createUser } from "../users/create-user";
import { searchTermsOf } from "../users/search-terms";
import { UserModel } from "../users/users.model";
import type { VisibleUser } from "../users/users.presenter";
import { changeUser } from "../users/users.service";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import { demandMailAllowance, mayMail } from "./mail-allowance";
import { linkIsDead, takeLink, withdrawLinks } from "./mailed-links";
import { RegistrationModel, type RegistrationDocument } from "./registrations.model";
import { welcome } from "./welcome";

interface Registration {
  email: string;
  password: string;
  name: string;
  phone?: string | undefined;
}

/** Milliseconds after which a registration that nobody confirms is forgotten. */
const patience = 7 * 24 * 3600_000;

/**
 * Writes down who wants an account, and mails the address: the link that opens it, or the news that it has one. Which of
 * the two is found out when the mail is written, so that here nothing, not even time, depends on it.
 */
export async function register({ email, password, name, phone }: Registration, config: Pick<Config, "BCRYPT_COST">) {
  refuseCommonPassword(password, "body.password");
  const passwordHash = await hashPassword(password, config.BCRYPT_COST);
  const answer = { user: { email, name }, message: "Look into your mail: a link there opens your account." };
  // Without a mail nothing changes either: the link that was mailed before stays good.
  if (!(await mayMail("verification", email))) return answer;
  const now = Date.now();
  await RegistrationModel.updateOne(
    { email },
    {
      $set: {
        name,
        phone: phone || null,
        passwordHash,
        // Another password was chosen: the link of the one before must not confirm this one.
        linkHash: null,
        linkExpiresAt: null,
        createdAt: new Date(now),
        expiresAt: new Date(now + patience),
      },
      $setOnInsert: { _id: new Types.ObjectId() },
    },
    { upsert: true },
  );
  await enqueueMail({ kind: "registration", to: email });
  return answer;
}

export async function resendVerification(email: string): Promise<void> {
  await demandMailAllowance("verification", email);
  await enqueueMail({ kind: "registration", to: email });
}

interface Confirmation {
  /** The secret of the mailed link. */
  token: string;
  password?: string | undefined;
}

const deadLink = () => linkIsDead("Ask for a new one, or sign in if your address is confirmed already.");

/** The account that this very registration made, when the process ended before it was shown in. */
const findHalfMade = ({ email, passwordHash }: RegistrationDocument): Promise<VisibleUser | null> =>
  UserModel.findOne({ email, passwordHash }).lean();

async function confirmRegistration(
  { token, password }: Confirmation,
  ip: string | null,
  config: Pick<Config, "BCRYPT_COST">,
): Promise<string | null> {
  const found = await RegistrationModel.findOne({
    linkHash: fingerprint(token),
    linkExpiresAt: { $gt: new Date() },
  }).lean();
  if (!found) return null;
  if (password !== undefined && !(await verifyPassword(password, found.passwordHash, config.BCRYPT_COST)))
    throw new ApiError(
      "invalid_credentials",
      "This is not the password that this registration was made with. Try again; or register again, and open the newest mail.",
    );
  // Whatever this stops at, opening the link again goes on from there.
  const user = (await createUser(found)) ?? (await findHalfMade(found));
  if (user) await welcome(user, ip);
  await RegistrationModel.deleteOne({ _id: found._id });
  if (!user) throw deadLink();
  // Who tried to sign in too early, too often, may now.
  await forgetAttempts(user.email);
  return user.email;
}

async function confirmChange(secret: string, ip: string | null): Promise<string | null> {
  try {
    const user = await inTransaction((session) => changeAddress(secret, session));
    if (!user) return null;
    await record({ kind: "email_changed", actor: { userId: user._id, name: user.name }, ip });
    return user.email;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw conflict("This address belongs to another account by now. Choose another one in your settings.");
  }
}

/** Links mailed to the address before end with it: its mailbox may be in other hands. */
async function changeAddress(secret: string, session: ClientSession): Promise<VisibleUser | null> {
  const link = await takeLink("email_change", secret, session);
  const user = link && (await UserModel.findById(link.userId).session(session).lean());
  if (!user || user.pendingEmail !== link.email || user.deletedAt) return null;
  const searchTerms = searchTermsOf({ ...user, email: link.email });
  await withdrawLinks(user._id, session);
  await enqueueMail({ kind: "email_changed", to: user.email, userId: user._id, note: link.email }, session);
  return changeUser(user._id, { email: link.email, pendingEmail: null, searchTerms }, session);
}

/** Opens a mailed link, of a registration or of a change of address. @throws invalid_request when it is dead */
export async function verifyEmail(confirmation: Confirmation, { ip }: Origin, config: Pick<Config, "BCRYPT_COST">) {
  const registered = await confirmRegistration(confirmation, ip, config);
  if (registered) return { email: registered, purpose: "registration" as const };
  const changed = await confirmChange(confirmation.token, ip);
  if (changed) return { email: changed, purpose: "change" as const };
  throw deadLink();
}

/** Whoever asked for an account with this address and has not confirmed it. */
export const findRegistration = (email: string) => RegistrationModel.findOne({ email }).lean();

/** Forgets what an unconfirmed stranger wanted with this address: its owner has come another way. */
export const dropRegistration = async (email: string): Promise<void> =>
  void (await RegistrationModel.deleteOne({ email }));
