import type { KeyRange } from "./keys";
import { eachDocument, entriesOf, type Entry } from "./pages";
import type { StoredSegment } from "./stored-segment";

/** What a document must have: a key of a range, or one of some keys. */
export type Clause = KeyRange | ReadonlySet<string>;

/** Pages past which a clause is not looked at: what so many messages have is cheaper looked for in the messages themselves. */
const mostPages = 24;
/** Keys past which all pages between the first and the last are read, rather than those of each. */
const fewKeys = 64;

interface Asked {
  range: KeyRange;
  keys: ReadonlySet<string> | undefined;
  pages: number[];
}

function askedOf(segment: StoredSegment, clause: Clause): Asked {
  if ("from" in clause) return { range: clause, keys: undefined, pages: segment.pagesOf(clause) };
  const keys = [...clause].sort();
  const range = { from: keys[0] ?? "", to: keys.at(-1) ?? "" };
  const pages =
    keys.length > fewKeys ? segment.pagesOf(range) : keys.flatMap((key) => segment.pagesOf({ from: key, to: key }));
  return { range, keys: clause, pages: [...new Set(pages)] };
}

interface Found {
  count: number;
  entries: { page: Buffer; entry: Entry }[];
}

/** The entries of each clause; the first is always looked at. */
async function findEntries(segment: StoredSegment, clauses: Clause[]): Promise<Found[]> {
  const asked = clauses
    .map((clause) => askedOf(segment, clause))
    .filter(({ pages }, i) => i === 0 || pages.length <= mostPages);
  const numbers = [...new Set(asked.flatMap(({ pages }) => pages))];
  const loaded = await segment.loadPages(numbers);
  const byNumber = new Map(numbers.map((number, i) => [number, loaded[i]]));
  return asked.map(({ range, keys, pages }) => {
    const found: Found = { count: 0, entries: [] };
    for (const number of pages) {
      const page = byNumber.get(number);
      if (!page) continue;
      for (const entry of entriesOf(page, range.from, range.to)) {
        if (keys && !keys.has(entry.key)) continue;
        found.count += entry.count;
        found.entries.push({ page, entry });
      }
    }
    return found;
  });
}

class Bits {
  readonly #words: Uint32Array;

  constructor(size: number) {
    this.#words = new Uint32Array(Math.ceil(size / 32));
  }

  add({ entries }: Found): this {
    const words = this.#words;
    for (const { page, entry } of entries)
      eachDocument(page, entry, (number) => {
        words[number >>> 5] = (words[number >>> 5] ?? 0) | (1 << (number & 31));
      });
    return this;
  }

  has(number: number): boolean {
    return ((this.#words[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  /** Those from `from` up to, not including, `to`; ascending. @param most how many there are at most */
  between(from: number, to: number, most: number): Uint32Array {
    const words = this.#words;
    const numbers = new Uint32Array(most);
    let length = 0;
    for (let word = from >>> 5; word * 32 < to; word++)
      for (let rest = words[word] ?? 0; rest !== 0; rest &= rest - 1) {
        const number = word * 32 + 31 - Math.clz32(rest & -rest);
        if (number >= from && number < to) numbers[length++] = number;
      }
    return numbers.subarray(0, length);
  }
}

/**
 * The numbers of the documents that may match, ascending: all that do are among them.
 * @param clauses each must hold; the first is always applied, others as far as that is cheaper than not to
 * @param between the numbers that come into question, the second not included
 */
export async function findDocuments(
  segment: StoredSegment,
  clauses: Clause[],
  between: [number, number],
): Promise<Uint32Array> {
  const found = await findEntries(segment, clauses);
  const [fewest, ...others] = found.sort((a, b) => a.count - b.count);
  if (!fewest || fewest.count === 0) return new Uint32Array();
  let numbers = new Bits(segment.size).add(fewest).between(...between, fewest.count);
  for (const other of others) {
    if (numbers.length === 0) return numbers;
    const bits = new Bits(segment.size).add(other);
    numbers = numbers.filter((number) => bits.has(number));
  }
  return numbers;
}
