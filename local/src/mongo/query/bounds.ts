import { compare } from "../bson/compare";
import { extendKey, inverted, keyOf, rankKey, successor } from "../bson/keystring";
import { rankOf, Rank } from "../bson/values";
import type { Constraint, End } from "./constraints";

/** Keys from `from` up to, not including, `to`. The first `prefixLength` bytes are the same for all keys within. */
export interface Interval {
  from: Buffer;
  to: Buffer;
  prefixLength: number;
}

type Range = Extract<Constraint, { kind: "range" }>;

/** Both ends of a range over one type; a missing end reaches to the end of the type. */
export interface KeyRange {
  low: Buffer;
  lowInclusive: boolean;
  high: Buffer;
  highInclusive: boolean;
}

const tighter = (a: End | undefined, b: End | undefined, sign: 1 | -1): End | undefined => {
  if (!a || !b) return a ?? b;
  const order = compare(a.value, b.value) * sign;
  return order > 0 || (order === 0 && !a.inclusive) ? a : b;
};

/** The intersection of ranges over the same type, and the constraints it stands for. */
export function intersect(ranges: Range[]): { range: KeyRange; used: Range[] } | undefined {
  const [first] = ranges;
  if (!first) return undefined;
  const rank = rankOf((first.low ?? first.high)?.value);
  const used = ranges.filter(({ low, high }) => rankOf((low ?? high)?.value) === rank);
  let low: End | undefined;
  let high: End | undefined;
  for (const one of used) {
    low = tighter(low, one.low, 1);
    high = tighter(high, one.high, -1);
  }
  const lowest = rank === Rank.number ? keyOf(-Infinity) : rankKey(rank); // no comparison matches NaN, which is lower
  return {
    range: {
      low: low ? keyOf(low.value) : lowest,
      lowInclusive: low?.inclusive ?? true,
      high: high ? keyOf(high.value) : rankKey(rank),
      highInclusive: high?.inclusive ?? true,
    },
    used,
  };
}

/** The interval of all keys that go on after `prefix`. */
export const intervalOf = (prefix: Buffer): Interval => ({
  from: prefix,
  to: successor(prefix),
  prefixLength: prefix.length,
});

/** The interval of the keys whose next value after `prefix` is in the range; a descending field is stored inverted. */
export function intervalWithin(prefix: Buffer, range: KeyRange, descending: boolean): Interval {
  const [start, startInclusive, end, endInclusive] = descending
    ? [inverted(range.high), range.highInclusive, inverted(range.low), range.lowInclusive]
    : [range.low, range.lowInclusive, range.high, range.highInclusive];
  return {
    from: Buffer.concat([prefix, startInclusive ? start : successor(start)]),
    to: Buffer.concat([prefix, endInclusive ? successor(end) : end]),
    prefixLength: prefix.length,
  };
}

/** Every prefix followed by every value, in the order of keys. */
export function extendAll(prefixes: Buffer[], values: readonly unknown[], descending: boolean): Buffer[] {
  const extended = prefixes.flatMap((prefix) => values.map((value) => extendKey(prefix, value, descending)));
  if (values.length < 2) return extended;
  extended.sort((a, b) => Buffer.compare(a, b));
  return extended.filter((key, i) => i === 0 || !key.equals(extended[i - 1] as Buffer));
}
