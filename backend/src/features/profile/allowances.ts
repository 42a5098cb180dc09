import { SharedLimit } from "../../db/shared-limit";
import { rateLimited } from "../../http/errors";

const uploadsPerHour = new SharedLimit("uploads", 20, 3600);

/** @throws rate_limited */
export async function demandUploadAllowance(userId: string): Promise<void> {
  const count = await uploadsPerHour.use(userId);
  if (!count.isOver) return;
  const minutes = Math.ceil(count.seconds / 60);
  throw rateLimited(`You may upload 20 files an hour. Try again in ${minutes} minutes.`, count.seconds);
}

const exportsPerDay = new SharedLimit("exports", 10, 24 * 3600);

/** @throws rate_limited: an export reads everything of somebody's, and packs it */
export async function demandExportAllowance(userId: string): Promise<void> {
  const count = await exportsPerDay.use(userId);
  if (count.isOver) throw rateLimited("You may export your data ten times a day. Try again tomorrow.", count.seconds);
}
