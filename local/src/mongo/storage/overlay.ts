import type { Entry, KeyReader, Writes } from "./reader";
import { bytesOf, textOf } from "./reader";

/** Writes that are not committed yet, over a reader: whoever reads through it sees both. */
export class Overlay implements KeyReader {
  private readonly values = new Map<string, Buffer | null>();
  private sorted: string[] = [];
  private unsorted: string[] = [];

  constructor(private readonly base: KeyReader) {}

  get writes(): Writes {
    return this.values;
  }

  get(key: Buffer): Buffer | undefined {
    if (this.values.size) {
      const value = this.values.get(textOf(key));
      if (value !== undefined) return value ?? undefined;
    }
    return this.base.get(key);
  }

  /** @param value null removes the key */
  set(text: string, value: Buffer | null): void {
    if (!this.values.has(text)) this.unsorted.push(text);
    this.values.set(text, value);
  }

  /** Keys within the range, ascending. */
  private keysWithin(from: Buffer, to: Buffer): string[] {
    if (this.unsorted.length) {
      this.unsorted.sort((a, b) => (a < b ? -1 : 1));
      this.sorted = merge(this.sorted, this.unsorted);
      this.unsorted = [];
    }
    return this.sorted.slice(lowerBound(this.sorted, textOf(from)), lowerBound(this.sorted, textOf(to)));
  }

  range(from: Buffer, to: Buffer, reverse = false): Iterable<Entry> {
    const keys = this.values.size ? this.keysWithin(from, to) : [];
    const below = this.base.range(from, to, reverse);
    return keys.length ? this.merged(reverse ? keys.reverse() : keys, below, reverse) : below;
  }

  private *merged(keys: string[], below: Iterable<Entry>, reverse: boolean): Generator<Entry> {
    const own = keys[Symbol.iterator]();
    let next = own.next();
    for (const entry of below) {
      const text = textOf(entry[0]);
      while (!next.done && (reverse ? next.value > text : next.value < text)) {
        yield* this.own(next.value);
        next = own.next();
      }
      if (!next.done && next.value === text) {
        yield* this.own(text);
        next = own.next();
      } else yield entry;
    }
    for (; !next.done; next = own.next()) yield* this.own(next.value);
  }

  private *own(text: string): Generator<Entry> {
    const value = this.values.get(text);
    if (value) yield [bytesOf(text), value];
  }

  count(from: Buffer, to: Buffer): number {
    let count = this.base.count(from, to);
    if (!this.values.size) return count;
    for (const key of this.keysWithin(from, to)) {
      const before = this.base.get(bytesOf(key)) !== undefined;
      count += Number(this.values.get(key) !== null) - Number(before);
    }
    return count;
  }
}

function lowerBound(sorted: string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(a: string[], b: string[]): string[] {
  if (!a.length) return b;
  const out: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length)
    out.push((a[i] as string) < (b[j] as string) ? (a[i++] as string) : (b[j++] as string));
  while (i < a.length) out.push(a[i++] as string);
  while (j < b.length) out.push(b[j++] as string);
  return out;
}
