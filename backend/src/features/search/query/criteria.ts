import { fold, foldText, indexOfTerm } from "../text/fold";
import { hasTrait, isSearchable, textsOf, type SearchedMessage } from "../text/message-text";
import type { Trait } from "./parse-query";

/** A stretch of time in milliseconds since the epoch, the end not included. */
export interface Span {
  from: number;
  to: number;
}

/** What a message must be, with every name looked up: ids are hexadecimal, texts folded. */
export interface Criteria {
  terms: string[];
  unwantedTerms: string[];
  /** Where the asker may read, as far as the query wants to look. */
  channelIds: ReadonlySet<string>;
  /** Any one of them. */
  authorIds: ReadonlySet<string> | undefined;
  unwantedAuthorIds: ReadonlySet<string>;
  span: Span;
  unwantedSpans: Span[];
  traits: Trait[];
  unwantedTraits: Trait[];
  /** The messages that come into question at all, where only some do: what somebody saved. */
  messageIds: ReadonlySet<string> | undefined;
  unwantedMessageIds: ReadonlySet<string>;
}

const lies = (moment: number, { from, to }: Span): boolean => moment >= from && moment < to;

function hasTerm(texts: string[], folds: string[], term: string): boolean {
  // The way back costs ten times as much: only where there is something at all.
  return texts.some((text, i) => (folds[i] ?? "").includes(term) && indexOfTerm(foldText(text), term) >= 0);
}

function matchesText(message: SearchedMessage, { terms, unwantedTerms }: Criteria): boolean {
  if (terms.length + unwantedTerms.length === 0) return true;
  const texts = textsOf(message);
  const folds = texts.map((text) => fold(` ${text} `));
  return (
    terms.every((term) => hasTerm(texts, folds, term)) && !unwantedTerms.some((term) => hasTerm(texts, folds, term))
  );
}

/** Whether a message, as it is now, is an answer. Everything is asked here, whatever an index may have said before. */
export function matches(message: SearchedMessage, criteria: Criteria): boolean {
  const id = message._id.toHexString();
  const author = message.userId.toHexString();
  const moment = message.createdAt.getTime();
  return (
    isSearchable(message) &&
    criteria.channelIds.has(message.channelId.toHexString()) &&
    (!criteria.authorIds || criteria.authorIds.has(author)) &&
    !criteria.unwantedAuthorIds.has(author) &&
    lies(moment, criteria.span) &&
    !criteria.unwantedSpans.some((span) => lies(moment, span)) &&
    criteria.traits.every((trait) => hasTrait(message, trait)) &&
    !criteria.unwantedTraits.some((trait) => hasTrait(message, trait)) &&
    (!criteria.messageIds || criteria.messageIds.has(id)) &&
    !criteria.unwantedMessageIds.has(id) &&
    matchesText(message, criteria)
  );
}
