import { SharedLimit } from "../../db/shared-limit";
import { rateLimited } from "../../http/errors";

const limits = new Map<number, SharedLimit>();

function limitOf(perHour: number): SharedLimit {
  let limit = limits.get(perHour);
  if (!limit) limits.set(perHour, (limit = new SharedLimit("uploads", perHour, 3600)));
  return limit;
}

/** Counts an upload of one person, of a file or of their picture. @throws rate_limited */
export async function demandUploadAllowance(userId: string, perHour: number): Promise<void> {
  const count = await limitOf(perHour).use(userId);
  if (!count.isOver) return;
  const minutes = Math.ceil(count.seconds / 60);
  throw rateLimited(`You may upload ${perHour} files an hour. Try again in ${minutes} minutes.`, count.seconds);
}

/** It came to nothing, and not by their fault. */
export const giveUploadBack = (userId: string, perHour: number): Promise<void> => limitOf(perHour).giveBack(userId);
