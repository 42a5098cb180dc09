import { SharedLimit } from "../../db/shared-limit";
import { rateLimited } from "../../http/errors";
import { networkOf } from "../../http/visitor";

const day = 24 * 3600;

/**
 * Links mailed to one address: nobody's inbox is to be flooded through us. Two counts, so that whoever keeps asking for one
 * kind does not keep the owner from the other.
 */
const perAddress = {
  verification: new SharedLimit("mailed-verifications", 5, day),
  password_reset: new SharedLimit("mailed-resets", 5, day),
};
type Kind = keyof typeof perAddress;

export const mayMail = async (kind: Kind, email: string): Promise<boolean> =>
  !(await perAddress[kind].use(email)).isOver;

/** @throws rate_limited. It counts for any address, known or not, so it tells nothing of it */
export async function demandMailAllowance(kind: Kind, email: string): Promise<void> {
  const count = await perAddress[kind].use(email);
  if (!count.isOver) return;
  const hours = Math.ceil(count.seconds / 3600);
  throw rateLimited(
    `This address was sent as many mails as it may get in a day. Look into its spam folder, or try again in ${hours} hours.`,
    count.seconds,
  );
}

const perVisitor = new Map<number, SharedLimit>();

/**
 * Counts what a stranger asks of us by way of accounts: each costs a mail or a hash.
 * @param perHour how often from one place. @throws rate_limited
 */
export async function demandVisitorAllowance(ip: string | null, perHour: number): Promise<void> {
  const limit = perVisitor.get(perHour) ?? new SharedLimit("strangers", perHour, 3600);
  perVisitor.set(perHour, limit);
  const count = await limit.use(networkOf(ip));
  if (count.isOver) throw rateLimited("Too many requests from your network. Try again in an hour.", count.seconds);
}
