import fc from "fast-check";
import { Types } from "mongoose";
import { startTestApi, type TestApi } from "../../../testing/test-api";
import { buildSegment, type DocumentToIndex } from "./build-segment";
import { Candidates, type Window } from "./candidates";
import { comparePlaces, type Place } from "./documents";
import type { Clause } from "./find-documents";
import { Pace } from "./pace";
import { storeSegment } from "./store-segment";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

interface Listed {
  _id: Types.ObjectId;
  from: number;
  to: number;
}

const idOf = (n: number) => n.toString(16).padStart(24, "0");
/** Message `n` always stands at the same place; several share a moment. */
const documentOf = (n: number, rev: number): DocumentToIndex => ({
  time: 1_000_000 + ((n * 7919) % 4000),
  id: idOf(n),
  rev,
  keys: ["\u0001cX", ...(n % 2 ? ["odd"] : []), ...(n % 97 ? [] : ["few"]), `n${n % 300}`],
});

async function store(numbers: number[]): Promise<Listed> {
  const _id = new Types.ObjectId();
  const segment = await buildSegment(
    numbers.map((n, rev) => documentOf(n, rev)),
    new Pace(),
  );
  await storeSegment(_id, segment);
  return { _id, from: segment.from, to: segment.to };
}

async function readAll(segments: Listed[], clauses: Clause[], window: Window, count: number): Promise<Place[]> {
  const candidates = new Candidates(segments, clauses, window);
  const places: Place[] = [];
  for (;;) {
    const some = await candidates.next(count);
    places.push(...some.map(({ time, id }) => ({ time, id })));
    if (some.length < count) return places;
  }
}

describe("candidates", () => {
  it("come newest first and each once, from segments of any size and age, as far as is asked for", async () => {
    const range = (from: number, to: number, step = 1) =>
      Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
    // Small ones that are one document, large ones in pages, and messages that are in several.
    const groups = [
      range(0, 9000),
      range(9000, 15_000),
      range(5000, 5040),
      range(15_000, 15_003),
      range(0, 12_000, 17),
    ];
    const segments = await Promise.all(groups.map(store));
    const all = [...new Set(groups.flat())].map((n) => documentOf(n, 0));
    const moments = fc.integer({ min: 999_990, max: 1_004_010 });
    const keySets = fc.constantFrom<Clause[]>(
      [],
      [{ from: "odd", to: "odd" }],
      [{ from: "few", to: "few" }],
      [{ from: "n7", to: "n7" }],
      [
        { from: "n1", to: "n1\uffff" },
        { from: "odd", to: "odd" },
      ],
      [new Set(["n3", "n5", "none"])],
      [{ from: "none", to: "none" }],
    );
    const windows = fc.record({
      from: fc.oneof(fc.constant(-Infinity), moments),
      to: fc.oneof(fc.constant(Infinity), moments),
      after: fc.option(
        fc.tuple(moments, fc.nat({ max: 15_000 })).map(([time, n]) => ({ time, id: idOf(n) })),
        {
          nil: undefined,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(keySets, windows, fc.constantFrom(7, 100, 5000), async (clauses, window, count) => {
        const has = ({ keys }: DocumentToIndex, clause: Clause) =>
          [...keys].some((key) => ("from" in clause ? key >= clause.from && key <= clause.to : clause.has(key)));
        const isAsked = (place: Place) => !window.after || comparePlaces(place, window.after) > 0;
        const expected = all
          .filter((document) => clauses.every((clause) => has(document, clause)) && isAsked(document))
          .map(({ time, id }) => ({ time, id }))
          .sort(comparePlaces);
        const places = await readAll(segments, [new Set(["\u0001cX"]), ...clauses], window, count);
        // Around the ends of the window a block's worth more may come.
        const within = (list: Place[]) => list.filter(({ time }) => time >= window.from && time <= window.to);
        expect(within(places)).toEqual(within(expected));
        expect([...places].sort(comparePlaces)).toEqual(places);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
