import { SharedLimit } from "../../db/shared-limit";
import { rateLimited } from "../../http/errors";

const limits = new Map<number, SharedLimit>();

function limitOf(perMinute: number): SharedLimit {
  let limit = limits.get(perMinute);
  if (!limit) limits.set(perMinute, (limit = new SharedLimit("messages", perMinute, 60)));
  return limit;
}

/** Counts a message of one person. @throws rate_limited, with when to go on */
export async function demandMessageAllowance(userId: string, perMinute: number): Promise<void> {
  const count = await limitOf(perMinute).use(userId);
  if (count.isOver)
    throw rateLimited(
      `You may send ${perMinute} messages a minute. Send this one again in ${count.seconds} s.`,
      count.seconds,
    );
}
