import type { Types } from "mongoose";
import { comparePlaces, type IndexedDocument, type Place } from "./documents";
import { findDocuments, type Clause } from "./find-documents";
import { openSegments, type StoredSegment } from "./stored-segment";

/** A segment as the manifest lists it. */
interface Listed {
  _id: Types.ObjectId;
  from: number;
  to: number;
}

/** What part of the order is asked for. */
export interface Window {
  /** Moments in milliseconds, both included. */
  from: number;
  to: number;
  /** Only what stands after this in the order of answers. */
  after?: Place | undefined;
}

/** Documents of one segment that are looked up at a time, at first: then twice as many each time. */
const firstLook = 32;

class Source {
  segment: StoredSegment | undefined;
  /** Numbers of candidates not looked up yet, ascending. */
  #numbers: Uint32Array = new Uint32Array();
  #left = 0;
  #look = firstLook;
  /** Newest last. */
  #known: IndexedDocument[] = [];

  constructor(
    readonly listed: Listed,
    readonly window: Window,
  ) {}

  get head(): IndexedDocument | undefined {
    return this.#known.at(-1);
  }

  /** No candidate left was sent after this moment; -Infinity when none is left. */
  get bound(): number {
    if (this.head) return this.head.time;
    if (!this.segment) return this.listed.to;
    const next = this.#numbers[this.#left - 1];
    return next === undefined ? -Infinity : Math.min(this.listed.to, this.segment.timeBelow(next));
  }

  /** Whether the head is not known, though something is left. */
  get isBlank(): boolean {
    return !this.head && (!this.segment || this.#left > 0);
  }

  take(): void {
    this.#known.pop();
  }

  async open(segment: StoredSegment, clauses: Clause[]): Promise<void> {
    const { from, to, after } = this.window;
    const between = segment.numbersBetween(from, Math.min(to, after?.time ?? Infinity));
    this.#numbers = await findDocuments(segment, clauses, between);
    this.#left = this.#numbers.length;
    this.segment = segment;
  }

  async lookUp(): Promise<void> {
    if (!this.segment || this.head) return;
    const { after } = this.window;
    const numbers = [...this.#numbers.subarray(Math.max(0, this.#left - this.#look), this.#left)];
    this.#left -= numbers.length;
    this.#look *= 2;
    const documents = await this.segment.loadDocuments(numbers);
    this.#known = after ? documents.filter((document) => comparePlaces(document, after) > 0) : documents;
  }
}

/** The messages that may match, newest first, over all segments; each is opened when its time has come. */
export class Candidates {
  readonly #sources: Source[];
  readonly #clauses: Clause[];
  #last: string | undefined;
  #wave = 1;

  constructor(segments: Listed[], clauses: Clause[], window: Window) {
    this.#clauses = clauses;
    const latest = Math.min(window.to, window.after?.time ?? Infinity);
    this.#sources = segments
      .filter(({ from, to }) => to >= window.from && from <= latest)
      .sort((a, b) => b.to - a.to)
      .map((segment) => new Source(segment, window));
  }

  /** The next `count`; fewer only at the end. */
  async next(count: number): Promise<Place[]> {
    const places: Place[] = [];
    while (places.length < count) {
      const newest = await this.#newest();
      if (!newest?.head) break;
      // A message that was changed is in more than one segment.
      if (newest.head.id !== this.#last) places.push(newest.head);
      this.#last = newest.head.id;
      newest.take();
    }
    return places;
  }

  /** The source whose head stands before all others. */
  async #newest(): Promise<Source | undefined> {
    for (;;) {
      let newest: Source | undefined;
      for (const source of this.#sources)
        if (source.head && (!newest?.head || comparePlaces(source.head, newest.head) < 0)) newest = source;
      const least = newest?.head?.time ?? -Infinity;
      const blank = this.#sources.filter(
        (source) => source.isBlank && source.bound >= least && source.bound > -Infinity,
      );
      if (blank.length === 0) return newest;
      await this.#open(blank.filter(({ segment }) => !segment));
      await Promise.all(blank.map((source) => source.lookUp()));
    }
  }

  /** Opens twice as many each time: whatever had to go on so far will have to go on. */
  async #open(closed: Source[]): Promise<void> {
    const wave = closed.slice(0, this.#wave);
    if (wave.length === 0) return;
    this.#wave *= 2;
    const segments = await openSegments(wave.map(({ listed }) => listed._id));
    await Promise.all(
      wave.map(async (source, i) => {
        const segment = segments[i];
        if (segment) await source.open(segment, this.#clauses);
      }),
    );
  }
}
