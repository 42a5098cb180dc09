import * as z from "zod";

/** Raised when an earlier program could not read what this one writes. */
export const format = 1;

export const manifestName = "manifest.json";
/** What is in it can be checked with `sha256sum -c` too. It is written last: without it a backup is not whole. */
export const sealName = "manifest.sha256";

/**
 * What is not carried: leases and counts of processes that will be no more, and the search index, which is made from the messages
 * again by itself (five thousand a second) and would be a third of the backup. Carried are `usedOnce` and whatever else ends by
 * itself: what was used before the backup must not work again after it.
 */
export const leftOut: Record<string, string> = {
  rateLimits: "counts of the last minutes",
  searchLeases: "held by processes of that time",
  searchIndexedChannels: "made again from the messages",
  searchManifest: "made again from the messages",
  searchPages: "made again from the messages",
  searchSegments: "made again from the messages",
  restores: "says that a restore is under way",
};

const Stored = z.object({ bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const Index = z.object({
  name: z.string(),
  key: z.record(z.string(), z.unknown()),
  options: z.record(z.string(), z.unknown()),
});

const Collection = Stored.extend({
  name: z.string().min(1),
  documents: z.int().min(0),
  indexes: z.array(Index),
  /** The compressed file; `bytes` and `sha256` beside it are of the documents one after the other, in the order of `_id`. */
  file: Stored.extend({ path: z.string().regex(/^collections\/[\w%.!~*'()-]+\.bson\.gz$/) }),
});

const StoredFile = Stored.extend({ key: z.string().regex(/^[0-9a-f]{48}(-thumbnail)?$/), type: z.string() });

export const Manifest = z.object({
  format: z.literal(format),
  /** Of the program that made it. */
  version: z.string(),
  at: z.iso.datetime(),
  database: z.string(),
  /** How its collections agree: all of one moment (by either way), or each of its own, where the server could do no better. */
  consistency: z.enum(["snapshot", "transaction", "none"]),
  migrations: z.array(z.string()),
  collections: z.array(Collection),
  files: z.array(StoredFile),
  /** Files whose documents are in it and whose bytes were not to be found. */
  missingFiles: z.array(z.string()),
  leftOut: z.record(z.string(), z.string()),
});
export type Manifest = z.output<typeof Manifest>;
export type BackedUpCollection = Manifest["collections"][number];
export type BackedUpFile = Manifest["files"][number];

export const collectionPath = (name: string): string => `collections/${encodeURIComponent(name)}.bson.gz`;
export const filePath = (key: string): string => `files/${key.slice(0, 2)}/${key}`;
