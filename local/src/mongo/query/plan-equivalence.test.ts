import type { Document } from "mongodb";
import { useServer } from "../testing/fixture";

// Whatever plan is chosen, it must find what a scan of the whole collection finds, in the order asked for.
const fixture = useServer();

/** Repeatable random numbers (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

const scalars = [0, 1, 2, 3, 4, 5, "a", "b", "c", null, true, new Date(1), 1.5];

function value(random: Random, arrays: boolean): unknown {
  const kind = arrays ? random(6) : 1 + random(9);
  if (kind === 0) return [pick(random, scalars), pick(random, scalars)];
  if (kind === 1) return { x: pick(random, scalars) };
  if (kind === 2 && arrays) return [];
  return pick(random, scalars);
}

function document(random: Random, id: number): Document {
  const made: Document = { _id: id };
  const withArrays = pick(random, ["a", "b", "c", "none", "none"]); // an index takes arrays in one of its fields only
  for (const field of ["a", "b", "c"]) if (random(6)) made[field] = value(random, field === withArrays);
  if (random(2)) made.d = [{ e: random(4), f: random(4) }, { e: random(4) }].slice(0, random(3));
  return made;
}

function condition(random: Random): unknown {
  switch (random(9)) {
    case 8:
      return { $elemMatch: { $gte: pick(random, scalars), $lt: pick(random, scalars) } };
    case 0:
      return { $gt: pick(random, scalars) };
    case 1:
      return { $gte: random(4), $lt: random(6) };
    case 2:
      return { $lte: pick(random, scalars) };
    case 3:
      return { $in: pick(random, [[], [1, 2, 3], [1]]).map(() => pick(random, scalars)) };
    case 4:
      return { $ne: pick(random, scalars) };
    case 5:
      return { $exists: random(2) === 1 };
    default:
      return value(random, random(4) === 0);
  }
}

const paths = ["a", "b", "c", "d.e", "d.f", "a.x"];

function filter(random: Random): Document {
  const made: Document = {};
  for (let i = random(3); i >= 0; i--) made[pick(random, paths)] = condition(random);
  if (!random(6)) made.$or = [{ a: random(5) }, { [pick(random, paths)]: random(5) }];
  if (!random(8)) made.d = { $elemMatch: { e: random(4), f: { $gte: random(4) } } };
  return made;
}

function sort(random: Random): Record<string, 1 | -1> {
  const made: Record<string, 1 | -1> = {};
  for (let i = random(3); i > 0; i--) made[pick(random, paths)] = random(2) ? 1 : -1;
  return { ...made, _id: 1 };
}

const indexes: [Record<string, 1 | -1>, Document?][] = [
  [{ a: 1, b: -1 }],
  [{ b: 1 }, { sparse: true }],
  [{ c: -1, a: 1, _id: 1 }],
  [{ "d.e": 1, "d.f": 1 }],
  [{ c: 1, b: 1 }, { partialFilterExpression: { a: { $gte: 2 } } }],
  [{ "a.x": 1 }],
];

describe("plans", () => {
  it.each([1, 2, 3, 4, 5, 6])("find what a scan finds (seed %d)", async (seed) => {
    const random = randomFrom(seed);
    const collection = await fixture.collection(Array.from({ length: 150 }, (_, i) => document(random, i)));
    const queries = Array.from({ length: 150 }, () => ({ filter: filter(random), sort: sort(random) }));
    const run = () =>
      Promise.all(
        queries.map(async (query) => ({
          ids: (await collection.find(query.filter, { sort: query.sort }).toArray()).map(({ _id }) => _id as unknown),
          count: await collection.countDocuments(query.filter),
        })),
      );
    const scanned = await run();
    for (const [key, options] of indexes) await collection.createIndex(key, options);
    const planned = await run();
    const different = queries.filter((_, i) => JSON.stringify(planned[i]) !== JSON.stringify(scanned[i]));
    expect(different).toEqual([]);
  });
});
