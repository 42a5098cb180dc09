import { SharedLimit } from "../../db/shared-limit";
import { SharedTally } from "../../db/shared-tally";
import { rateLimited } from "../../http/errors";

const tallies = new Map<number, SharedTally>();

function tallyOf(perMinute: number): SharedTally {
  let tally = tallies.get(perMinute);
  if (!tally) tallies.set(perMinute, (tally = new SharedTally(new SharedLimit("messages", perMinute, 60))));
  return tally;
}

/** Counts a message of one person. @throws rate_limited, with when to go on */
export function demandMessageAllowance(userId: string, perMinute: number): void {
  const { isOver, seconds } = tallyOf(perMinute).use(userId);
  if (isOver)
    throw rateLimited(`You may send ${perMinute} messages a minute. Send this one again in ${seconds} s.`, seconds);
}
