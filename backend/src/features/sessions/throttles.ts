import { rateLimited, type ApiError } from "../../http/errors";
import { SharedLimit, type Count } from "../../db/shared-limit";
import { networkOf } from "../../http/visitor";
import { Turnstile } from "./turnstile";

const quarterHour = 15 * 60;

/** Wrong passwords for one account, from wherever. */
const perAccount = new Turnstile(new SharedLimit("login-account", 5, quarterHour));
/** Wrong passwords from one address, for whichever account. */
const perAddress = new Turnstile(new SharedLimit("login-address", 20, quarterHour));
/** Wrong passwords of somebody signed in who confirms a change. */
const perConfirmation = new SharedLimit("confirm", 5, quarterHour);

const wait = (count: Count): ApiError => {
  const minutes = Math.ceil(count.seconds / 60);
  return rateLimited(
    `Too many wrong attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}, or reset your password.`,
    count.seconds,
  );
};

interface Attempt {
  /** No wrong one is left after this. */
  isLast: boolean;
  /** The password was right: what was counted is taken back. */
  succeed(): Promise<void>;
}

/** @throws rate_limited when the limit is reached and no attempt under way can change that */
async function through<T>(turnstile: Turnstile, key: string, go: (count: Count) => Promise<T>): Promise<T> {
  const count = await turnstile.enter(key);
  if (count.isOver) throw wait(count);
  try {
    return await go(count);
  } finally {
    turnstile.leave(key);
  }
}

/**
 * Tries a password, counted by account and by address.
 * @throws rate_limited for the sixth attempt on an account in a quarter of an hour, the right password's too, and for the
 * twenty-first from an address
 */
export function attemptLogin<T>(
  email: string,
  ip: string | null,
  attempt: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const network = networkOf(ip);
  return through(perAddress, network, async () => {
    const account = await perAccount.enter(email);
    if (account.isOver) {
      // Not tried at all: that tells nothing against the address, which may be a whole office's.
      await perAddress.limit.giveBack(network);
      throw wait(account);
    }
    const succeed = async () =>
      void (await Promise.all([perAccount.limit.forget(email), perAddress.limit.giveBack(network)]));
    return attempt({ isLast: account.isLast, succeed }).finally(() => perAccount.leave(email));
  });
}

/** A new password by the mailed link: what was tried before no longer counts. */
export const forgetAttempts = (email: string): Promise<void> => perAccount.limit.forget(email);

/** @throws rate_limited */
export async function beginConfirmation(userId: string): Promise<void> {
  const count = await perConfirmation.use(userId);
  if (count.isOver) throw wait(count);
}
export const confirmationSucceeded = (userId: string): Promise<void> => perConfirmation.forget(userId);
