import type { Membership } from "@connectbest/contract";

/**
 * How far I have read a channel, kept so that the order of arrival does not matter: the server's count as of a revision,
 * and every message heard of after it. What is shown is derived from the two (see {@link standingNow}).
 */
export interface Standing {
  readonly role: Membership["role"];
  readonly joinedAt: string;
  /** The revision as of which the server counted. */
  readonly rev: number;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  readonly later: readonly { readonly seq: number; readonly mine: boolean }[];
}

export function standingNow(standing: Standing): { lastReadSeq: number; unreadCount: number } {
  const mine = standing.later.filter((message) => message.mine).map((message) => message.seq);
  const lastReadSeq = Math.max(standing.lastReadSeq, ...mine);
  const unreadLater = standing.later.filter((message) => !message.mine && message.seq > lastReadSeq).length;
  // Writing reads everything before it, so one message of mine clears what the server had counted.
  return { lastReadSeq, unreadCount: mine.length > 0 ? unreadLater : standing.unreadCount + unreadLater };
}

/** Takes the server's count as of `rev`. Reading never goes back, so a count from before a later reading is dropped. */
export function withTruth(standing: Standing | undefined, membership: Membership, rev: number): Standing {
  const { role, joinedAt } = membership;
  if (!standing) return { role, joinedAt, rev, ...counts(membership), later: [] };
  if (rev < standing.rev) return withReading(standing, membership.lastReadSeq, membership.unreadCount);
  const later = standing.later.filter((message) => message.seq > rev);
  const known = standingNow({ ...standing, later: standing.later.filter((message) => message.seq <= rev) });
  if (known.lastReadSeq > membership.lastReadSeq) return { ...standing, role, rev, ...known, later };
  return { role, joinedAt, rev, ...counts(membership), later };
}

/** Takes in a message; a second time changes nothing. */
export function withMessage(standing: Standing, seq: number, mine: boolean): Standing {
  if (seq <= standing.rev || standing.later.some((message) => message.seq === seq)) return standing;
  return { ...standing, later: [...standing.later, { seq, mine }] };
}

/** I have read up to `lastReadSeq`, here or on another device, which left `unreadCount` messages. */
export function withReading(standing: Standing, lastReadSeq: number, unreadCount: number): Standing {
  if (lastReadSeq <= standingNow(standing).lastReadSeq) return standing;
  if (lastReadSeq >= standing.rev) return { ...standing, lastReadSeq, unreadCount: 0, later: standing.later };
  const countedLater = standing.later.filter((message) => !message.mine).length;
  return { ...standing, lastReadSeq, unreadCount: Math.max(0, unreadCount - countedLater) };
}

const counts = ({ lastReadSeq, unreadCount }: Membership) => ({ lastReadSeq, unreadCount });
