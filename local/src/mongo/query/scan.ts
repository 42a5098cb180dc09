import { decode } from "../bson/decode";
import type { Doc } from "../bson/values";
import type { Collection } from "../catalog";
import { CommandError } from "../errors";
import type { Entry, KeyReader } from "../storage/reader";
import { textOf } from "../storage/reader";
import type { Interval } from "./bounds";
import type { Predicate } from "./matcher";
import type { IndexPlan, Plan } from "./plan";

/** What a scan had to look at; `explain` answers it. */
export class ScanStats {
  keys = 0;
  documents = 0;

  /** @param deadline Milliseconds since the epoch after which the scan fails with MaxTimeMSExpired. */
  constructor(private readonly deadline = Infinity) {}

  document(): void {
    if ((++this.documents & 127) === 0) this.check();
  }

  check(): void {
    if (Date.now() > this.deadline) throw new CommandError(50, "operation exceeded time limit");
  }
}

/** A document that was found; decoded when first looked into. */
export class Hit {
  private decoded: Doc | undefined;
  constructor(
    readonly key: Buffer,
    readonly raw: Buffer,
  ) {}

  get doc(): Doc {
    return (this.decoded ??= decode(this.raw));
  }
}

/** Reads the documents a plan leads to and keeps those that match. */
export function* scan(
  reader: KeyReader,
  collection: Collection,
  plan: Plan,
  matches: Predicate | undefined,
  stats: ScanStats,
): Generator<Hit> {
  for (const hit of candidates(reader, collection, plan, stats)) {
    stats.document();
    if (!matches || (plan.kind === "index" && plan.exact) || matches(hit.doc)) yield hit;
  }
}

function* candidates(reader: KeyReader, collection: Collection, plan: Plan, stats: ScanStats): Generator<Hit> {
  if (plan.kind === "collection") {
    for (const [key, raw] of reader.range(collection.prefix, collection.end, plan.reverse)) yield new Hit(key, raw);
  } else if (plan.kind === "index") yield* byIndex(reader, collection, plan, stats);
  else {
    const seen = new Set<string>();
    for (const branch of plan.branches)
      for (const hit of byIndex(reader, collection, branch, stats)) if (isNew(seen, hit.key)) yield hit;
  }
}

function isNew(seen: Set<string>, key: Buffer): boolean {
  const before = seen.size;
  return seen.add(textOf(key)).size > before;
}

function* byIndex(reader: KeyReader, collection: Collection, plan: IndexPlan, stats: ScanStats): Generator<Hit> {
  const seen = plan.repeats ? new Set<string>() : undefined;
  for (const [key, value] of indexEntries(reader, plan, stats)) {
    if (plan.primary) {
      yield new Hit(key, value);
      continue;
    }
    if (seen && !isNew(seen, value)) continue;
    const documentKey = Buffer.concat([collection.prefix, value]);
    const raw = reader.get(documentKey);
    if (raw) yield new Hit(documentKey, raw); // gone when deleted between two batches of a cursor
  }
}

/** Keys (and, counted, nothing else) of an index plan in its order. */
export function* indexEntries(reader: KeyReader, plan: IndexPlan, stats: ScanStats): Generator<Entry> {
  const intervals = plan.reverse ? [...plan.intervals].reverse() : plan.intervals;
  if (plan.merge && intervals.length > 1) {
    yield* merged(reader, intervals, plan.reverse, stats);
    return;
  }
  for (const interval of intervals) {
    if (plan.points) {
      const value = reader.get(interval.from);
      if (value) {
        stats.keys++;
        yield [interval.from, value];
      }
      continue;
    }
    for (const entry of reader.range(interval.from, interval.to, plan.reverse)) {
      stats.keys++;
      yield entry;
    }
  }
}

interface Source {
  entries: Iterator<Entry>;
  next: Entry;
  rest: Buffer;
}

/** Merges intervals by what follows their prefixes, so that the order after a list of values is one order. */
function* merged(reader: KeyReader, intervals: Interval[], reverse: boolean, stats: ScanStats): Generator<Entry> {
  const sources: Source[] = [];
  const advance = (entries: Iterator<Entry>, prefixLength: number): Source | undefined => {
    const { value, done } = entries.next();
    if (done) return undefined;
    stats.keys++;
    return { entries, next: value, rest: value[0].subarray(prefixLength) };
  };
  const sign = reverse ? -1 : 1;
  const place = (source: Source) => {
    let at = sources.length;
    while (at > 0 && Buffer.compare((sources[at - 1] as Source).rest, source.rest) * sign < 0) at--;
    sources.splice(at, 0, source);
  };
  const lengths = new Map<Iterator<Entry>, number>();
  for (const { from, to, prefixLength } of intervals) {
    const entries = reader.range(from, to, reverse)[Symbol.iterator]();
    lengths.set(entries, prefixLength);
    const source = advance(entries, prefixLength);
    if (source) place(source);
  }
  for (let source = sources.pop(); source; source = sources.pop()) {
    yield source.next;
    const following = advance(source.entries, lengths.get(source.entries) ?? 0);
    if (following) place(following);
  }
}

/** Counts what a plan finds without reading documents, where the keys alone tell; undefined where they do not. */
export function countKeys(reader: KeyReader, plan: Plan, stats: ScanStats): number | undefined {
  if (plan.kind !== "index" || !plan.exact) return undefined;
  if (!plan.repeats && !plan.points) {
    const count = plan.intervals.reduce((sum, { from, to }) => sum + reader.count(from, to), 0);
    stats.keys += count;
    return count;
  }
  const seen = new Set<string>();
  for (const [key, value] of indexEntries(reader, plan, stats)) seen.add(textOf(plan.primary ? key : value));
  return seen.size;
}
