import fc from "fast-check";
import { buildSegment, type Segment } from "./build-segment";
import { documentAt, documentsIn } from "./documents";
import { mergeSegments, type SegmentSource } from "./merge-segments";
import { Pace } from "./pace";
import { eachDocument, entriesOf, type Page } from "./pages";

const pace = new Pace();
const sourceOf = ({ size, blocks, pages }: Segment): SegmentSource => ({
  size,
  blocks: () => blocks,
  pages: () => pages.map(({ data }) => data),
});

/** Each key with the versions of messages that have it. */
function contentOf({ blocks, pages }: { blocks: Buffer[]; pages: Page[] }): Record<string, string[]> {
  const documents = blocks.flatMap((block) =>
    Array.from({ length: documentsIn(block) }, (_, i) => documentAt(block, i)),
  );
  const content: Record<string, string[]> = {};
  for (const { data } of pages)
    for (const entry of entriesOf(data))
      eachDocument(data, entry, (number) => {
        const { time, id, rev } = documents[number] ?? { time: -1, id: "none", rev: -1 };
        (content[entry.key] ??= []).push(`${time}/${id}/${rev}`);
      });
  return content;
}

const id = (n: number) => n.toString(16).padStart(24, "0");
const keySets = fc.uniqueArray(fc.constantFrom("abc", "abd", "bcd", "\u0001cX", "字字字"), { maxLength: 5 });
/** What was indexed when: a message comes again with a higher revision. */
const histories = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 5 }), keySets), { minLength: 1, maxLength: 60 });

describe("merging", () => {
  it("holds the latest version of each message, whichever segments it was in", async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 6 }), async (history, segments) => {
        const groups = Array.from({ length: segments }, (_, i) =>
          history.map((entry, rev) => ({ entry, rev })).filter((_, j) => j % segments === i),
        );
        const latest = new Map<number, { rev: number; keys: string[]; time: number }>();
        const built = [];
        for (const group of groups) {
          const own = new Map<number, { rev: number; keys: string[]; time: number }>();
          for (const { entry, rev } of group) own.set(entry[0], { rev, keys: entry[2], time: entry[0] % 7 });
          for (const [message, version] of own)
            if ((latest.get(message)?.rev ?? -1) < version.rev) latest.set(message, version);
          built.push(
            await buildSegment(
              [...own].map(([n, version]) => ({ ...version, id: id(n) })),
              pace,
            ),
          );
        }
        const pages: Page[] = [];
        const merged = await mergeSegments(built.map(sourceOf), async (more) => void pages.push(...more), pace);
        const expected = await buildSegment(
          [...latest].map(([n, version]) => ({ ...version, id: id(n) })),
          pace,
        );
        expect(contentOf({ blocks: merged.blocks, pages })).toEqual(contentOf(expected));
        expect([merged.size, merged.from, merged.to]).toEqual([latest.size, expected.from, expected.to]);
        expect(Buffer.concat(merged.blocks)).toEqual(Buffer.concat(expected.blocks));
      }),
      { numRuns: 200 },
    );
  });

  it("keeps long lists whole and in order", async () => {
    const halves = await Promise.all(
      [0, 1].map((odd) =>
        buildSegment(
          Array.from({ length: 6000 }, (_, i) => ({
            time: i * 2 + odd,
            id: id(i * 2 + odd),
            rev: 1,
            keys: ["all", i % 100 ? "most" : "few"],
          })),
          pace,
        ),
      ),
    );
    const pages: Page[] = [];
    const merged = await mergeSegments(halves.map(sourceOf), async (more) => void pages.push(...more), pace);
    const content = contentOf({ blocks: merged.blocks, pages });
    expect(merged.size).toBe(12_000);
    expect(content["all"]).toEqual(Array.from({ length: 12_000 }, (_, i) => `${i}/${id(i)}/1`));
    expect([content["most"]?.length, content["few"]?.length]).toEqual([11_880, 120]);
  });
});
