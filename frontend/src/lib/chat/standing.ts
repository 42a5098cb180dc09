import type { Membership, Message } from "@connectbest/contract";

/** A message heard of, as far as it matters to what is unread. */
interface Heard {
  readonly seq: number;
  readonly rev: number;
  readonly mine: boolean;
  /** It calls me. */
  readonly calls: boolean;
  /** The revision by which it was deleted. */
  readonly goneAt: number | null;
}

/**
 * How I stand to a channel, kept so that the order of arrival does not matter: the server's word as of a revision, and every
 * message heard of. What is shown is derived from the two (see {@link standingNow}).
 */
export interface Standing {
  readonly membership: Membership;
  /** The revision as of which the server counted. */
  readonly rev: number;
  /** By `seq`, each once: the latest so many. */
  readonly heard: readonly Heard[];
  /** I have read up to here on this device, and the server has not answered yet. */
  readonly localRead: number | null;
}

/** How many messages are remembered: more than ever come between an answer and the events beside it. */
const memory = 200;

export interface StandingNow {
  lastReadSeq: number;
  unreadCount: number;
  mentionCount: number;
}

export function standingNow({ membership, rev, heard, localRead }: Standing): StandingNow {
  const later = heard.filter((message) => message.rev > rev);
  const mine = later.filter((message) => message.mine && message.seq > rev).map((message) => message.seq);
  const lastReadSeq = Math.max(membership.lastReadSeq, localRead ?? 0, ...mine);
  const others = later.filter((message) => !message.mine && message.seq > lastReadSeq);
  const added = others.filter((message) => message.seq > rev && message.goneAt === null);
  // The server had counted them when they were still there.
  const taken = others.filter((message) => message.seq <= rev && (message.goneAt ?? 0) > rev);
  const isCleared = lastReadSeq > membership.lastReadSeq && lastReadSeq >= rev;
  const total = (base: number, counts: (message: Heard) => boolean) =>
    Math.max(0, (isCleared ? 0 : base - taken.filter(counts).length) + added.filter(counts).length);
  return {
    lastReadSeq,
    unreadCount: total(membership.unreadCount, () => true),
    mentionCount: total(membership.mentionCount, (message) => message.calls),
  };
}

/** Takes the server's word as of `rev`. An older one than is held changes nothing. */
export function withTruth(standing: Standing | undefined, membership: Membership, rev: number): Standing {
  if (!standing) return { membership, rev, heard: [], localRead: null };
  const held = standing.membership;
  // Whoever left and came back begins a new membership, whose versions begin anew.
  const isSame = membership.joinedAt === held.joinedAt;
  const isEarlier = rev < standing.rev;
  const isOlder = isSame
    ? membership.version < held.version || (membership.version === held.version && isEarlier)
    : isEarlier;
  return isOlder ? standing : { ...standing, membership, rev };
}

/** The server has answered what was read here: from now on its word stands alone. */
export const withAnswer = (standing: Standing, membership: Membership, rev: number): Standing => {
  const next = withTruth(standing, membership, rev);
  return next.localRead !== null && membership.lastReadSeq >= next.localRead ? { ...next, localRead: null } : next;
};

/** Whether a message counts at all: replies are their threads' business, and what the system notes nobody need read. */
const counts = (message: Message): boolean => message.type === "user" && message.parentMessageId === null;

interface Ear {
  meId: string;
  isDirect: boolean;
  /** This is the moment of its deletion, not a later change of what is left. */
  isDeletion: boolean;
}

/** Takes in a message; a second time changes nothing. */
export function withMessage(standing: Standing, message: Message, { meId, isDirect, isDeletion }: Ear): Standing {
  const { seq, rev } = message;
  const before = standing.heard.find((known) => known.seq === seq);
  if (!counts(message) || (before && before.rev >= rev)) return standing;
  // A change of what was counted matters only if it takes it away.
  if (seq <= standing.rev && !before && !isDeletion) return standing;
  const next: Heard = {
    seq,
    rev,
    mine: message.userId === meId,
    calls: isDirect || message.mentionsChannel || message.mentions.includes(meId),
    goneAt: before?.goneAt ?? (isDeletion || message.isDeleted ? rev : null),
  };
  const others = standing.heard.filter((known) => known !== before);
  return { ...standing, heard: [...others, next].slice(-memory) };
}

/** I have read up to `seq`, here. */
export const withReading = (standing: Standing, seq: number): Standing =>
  seq <= standingNow(standing).lastReadSeq ? standing : { ...standing, localRead: seq };
