import { SharedLimit } from "../../db/shared-limit";
import { rateLimited } from "../../http/errors";

/** Links mailed to one address, for whatever reason: nobody's inbox is to be flooded through us. */
const linksPerDay = new SharedLimit("mailed-links", 5, 24 * 3600);

export const mayMail = async (email: string): Promise<boolean> => !(await linksPerDay.use(email)).isOver;

/** @throws rate_limited. It counts for any address, known or not, so it tells nothing of it */
export async function demandMailAllowance(email: string): Promise<void> {
  const count = await linksPerDay.use(email);
  if (!count.isOver) return;
  const hours = Math.ceil(count.seconds / 3600);
  throw rateLimited(
    `This address was sent as many mails as it may get in a day. Look into its spam folder, or try again in ${hours} hours.`,
    count.seconds,
  );
}
