import { eachDocument, type Entry } from "./pages";

/** The new number of a document of which another segment has a later version: none. */
export const outdated = 0xffffffff;

/** Document numbers, gathered from lists of several segments into one that ascends. */
export class GatheredList {
  #numbers = new Uint32Array(1024);
  #isSorted = true;
  length = 0;
  readonly #bits: Uint32Array;

  constructor(readonly size: number) {
    this.#bits = new Uint32Array(Math.ceil(size / 32));
  }

  clear(): void {
    this.length = 0;
    this.#isSorted = true;
  }

  /** @param numbers the new number of each document of the segment that the entry is of */
  add(page: Buffer, entry: Entry, numbers: Uint32Array): void {
    if (this.length + entry.count > this.#numbers.length) {
      const larger = new Uint32Array(Math.max(this.#numbers.length * 2, this.length + entry.count));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    const own = this.#numbers;
    let { length } = this;
    eachDocument(page, entry, (document) => {
      const number = numbers[document] ?? outdated;
      if (number === outdated) return;
      if (length > 0 && number < (own[length - 1] ?? 0)) this.#isSorted = false;
      own[length++] = number;
    });
    this.length = length;
  }

  /** All of them, ascending, until the next call. */
  sorted(): Uint32Array {
    const found = this.#numbers.subarray(0, this.length);
    if (this.#isSorted) return found;
    // Where many are gathered, walking over all documents costs less than sorting.
    if (found.length < this.size / 512) return found.sort();
    const bits = this.#bits;
    for (const number of found) bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
    let at = 0;
    for (let word = 0; word < bits.length; word++) {
      for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1)
        found[at++] = (word << 5) | (31 - Math.clz32(rest & -rest));
      bits[word] = 0;
    }
    return found;
  }
}
