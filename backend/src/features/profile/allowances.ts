import { SharedLimit } from "../../db/shared-limit";
import { rateLimited } from "../../http/errors";

const exportsPerDay = new SharedLimit("exports", 10, 24 * 3600);

/** @throws rate_limited: an export reads everything of somebody's, and packs it */
export async function demandExportAllowance(userId: string): Promise<void> {
  const count = await exportsPerDay.use(userId);
  if (count.isOver) throw rateLimited("You may export your data ten times a day. Try again tomorrow.", count.seconds);
}
