import { fold } from "../text/fold";

/**
 * What the index knows of a message, as keys: every three neighbouring units of its folded text, and beside those its channel, author and
 * traits. Folded text has no control characters: what begins with one is not text.
 */
const gramUnits = 3;
/** Fills the last grams of a text up. */
const padding = "\0";

/** Keys from `from` to `to`, both included. */
export interface KeyRange {
  from: string;
  to: string;
}

const exactly = (key: string): KeyRange => ({ from: key, to: key });

export const channelKey = (id: string): string => `\u0001c${id}`;
export const authorKey = (id: string): string => `\u0001a${id}`;
export const traitKey = (trait: string): string => `\u0001t${trait}`;

/** Adds the grams of a text: one begins at each unit, so that a shorter term is found among the beginnings. */
export function addGrams(text: string, grams: Set<string>): void {
  const padded = fold(` ${text} `) + padding.repeat(gramUnits - 1);
  for (let at = 0; at + gramUnits <= padded.length; at++) grams.add(padded.slice(at, at + gramUnits));
}

/**
 * Ranges of keys: a document has `term`, folded, only if it has a key in each of them.
 * @param most how many to ask for (at least 2): with each the rest narrow less down
 */
export function rangesOf(term: string, most: number): KeyRange[] {
  if (term.length < gramUnits) return [{ from: term, to: `${term}\uffff\uffff` }];
  const last = term.length - gramUnits;
  const starts = new Set<number>();
  // Where there are too many, spread over the whole.
  const step = Math.max(1, Math.ceil(last / (most - 1)));
  for (let at = 0; at < last; at += step) starts.add(at);
  starts.add(last);
  return [...starts].map((at) => exactly(term.slice(at, at + gramUnits)));
}
