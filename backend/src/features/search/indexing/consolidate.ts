import { Types } from "mongoose";
import { mergeSegments } from "../segments/merge-segments";
import type { Pace } from "../segments/pace";
import { checkSegments, listStoredSegments, removeSegment, SegmentWriter } from "../segments/store-segment";
import { openSegments } from "../segments/stored-segment";
import { commitManifest, Outrun, readManifest, type ListedSegment, type ManifestDocument } from "./manifest";

/** As many segments of one size make one of the next: each message is copied once a size, and there are few of each. */
const fanOut = 8;
/** Messages past which a segment is merged no further: eight such make about 130 MB, half a minute's work in the background. */
const largest = 131_072;

const tierOf = ({ size }: ListedSegment): number => Math.floor(Math.log(size) / Math.log(fanOut) + 1e-9);

/** The segments to merge next: the smallest ones first. */
export function mergeable(segments: ListedSegment[]): ListedSegment[] | undefined {
  const tiers = new Map<number, ListedSegment[]>();
  for (const segment of segments) {
    if (segment.size >= largest) continue;
    const tier = tiers.get(tierOf(segment)) ?? [];
    tiers.set(tierOf(segment), [...tier, segment]);
  }
  return [...tiers]
    .sort(([a], [b]) => a - b)
    .map(([, tier]) => tier.slice(0, fanOut))
    .find((tier) => tier.length === fanOut);
}

/** Exchanges segments of the index for the one that was made of them. @returns false when another process has done so */
async function exchange(merged: ListedSegment[], made: ListedSegment): Promise<boolean> {
  const ids = new Set(merged.map(({ _id }) => _id.toHexString()));
  for (;;) {
    const before: ManifestDocument = await readManifest();
    const left = before.segments.filter(({ _id }) => !ids.has(_id.toHexString()));
    if (before.segments.length - left.length < ids.size) return false;
    const retired = [...before.retired, ...merged.map(({ _id }) => ({ _id, at: new Date() }))];
    try {
      await commitManifest(before, { segments: [...left, made], retired });
      return true;
    } catch (error) {
      if (!(error instanceof Outrun)) throw error;
    }
  }
}

/**
 * Merges some segments, if enough of one size have come together. @returns false when there was nothing to do
 * @param isWanted asked between pages: whether to go on
 * @throws Outrun when it is not, SegmentGone when a part of the index is missing
 */
export async function consolidate(pace: Pace, isWanted: () => Promise<boolean>): Promise<boolean> {
  const merged = mergeable((await readManifest()).segments);
  if (!merged) return false;
  const segments = await openSegments(merged.map(({ _id }) => _id));
  const writer = new SegmentWriter(new Types.ObjectId());
  const write: SegmentWriter["write"] = async (pages) => {
    if (!(await isWanted())) throw new Outrun();
    await writer.write(pages);
  };
  const sources = segments.map((segment) => segment.source());
  const { blocks, ...summary } = await mergeSegments(sources, write, pace);
  const bytes = await writer.end({ ...summary, blocks });
  return exchange(merged, { _id: writer.id, ...summary, bytes });
}

/** How long a segment that was merged is kept for searches that read it, in milliseconds. */
const grace = 60_000;
/** Age at which a segment that is in no index was given up, or is what a crash left. */
const abandonedAfter = 600_000;

/** Removes what nobody asks for any more. @throws SegmentGone when a part of the index is missing, Outrun */
export async function sweep(now = Date.now()): Promise<void> {
  const before = await readManifest();
  await checkSegments(before.segments.map(({ _id }) => _id));
  const gone = before.retired.filter(({ at }) => now - at.getTime() > grace);
  for (const { _id } of gone) await removeSegment(_id);
  if (gone.length > 0) {
    const { segments } = before;
    await commitManifest(before, { segments, retired: before.retired.filter((segment) => !gone.includes(segment)) });
  }
  const known = new Set([...before.segments, ...before.retired].map(({ _id }) => _id.toHexString()));
  for await (const id of listStoredSegments())
    if (!known.has(id) && now - new Types.ObjectId(id).getTimestamp().getTime() > abandonedAfter)
      await removeSegment(new Types.ObjectId(id));
}
