import type { ApiError } from "../../http/errors";
import { rateLimited } from "../../http/errors";
import { SharedLimit, type Count } from "../../db/shared-limit";

const quarterHour = 15 * 60;

/** Wrong passwords for one account, from wherever. */
const perAccount = new SharedLimit("login-account", 5, quarterHour);
/** Wrong passwords from one address, for whichever account. */
const perAddress = new SharedLimit("login-address", 20, quarterHour);
/** Wrong passwords of somebody signed in who confirms a change. */
const perConfirmation = new SharedLimit("confirm", 5, quarterHour);

const wait = (count: Count): ApiError => {
  const minutes = Math.ceil(count.seconds / 60);
  return rateLimited(
    `Too many wrong attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}, or reset your password.`,
    count.seconds,
  );
};

const addressKey = (ip: string | null): string => ip ?? "unknown";

/**
 * Counts an attempt before it is tried, so that many at once are not each the first; a right password takes it back.
 * @throws rate_limited for the sixth attempt on an account in a quarter of an hour, the right password's too, and for the
 * twenty-first from an address
 */
export async function beginLogin(email: string, ip: string | null): Promise<Count> {
  const address = await perAddress.use(addressKey(ip));
  if (address.isOver) throw wait(address);
  const account = await perAccount.use(email);
  if (!account.isOver) return account;
  // Not tried at all: that tells nothing against the address, which may be a whole office's.
  await perAddress.giveBack(addressKey(ip));
  throw wait(account);
}

export async function loginSucceeded(email: string, ip: string | null): Promise<void> {
  await Promise.all([perAccount.forget(email), perAddress.giveBack(addressKey(ip))]);
}

/** A new password by the mailed link: what was tried before no longer counts. */
export const forgetAttempts = (email: string): Promise<void> => perAccount.forget(email);

/** @throws rate_limited */
export async function beginConfirmation(userId: string): Promise<void> {
  const count = await perConfirmation.use(userId);
  if (count.isOver) throw wait(count);
}
export const confirmationSucceeded = (userId: string): Promise<void> => perConfirmation.forget(userId);
