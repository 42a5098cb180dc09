import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type mongoose from "mongoose";
import { refuseUnfinishedRestore } from "../db/unfinished-restore";
import type { FileStorage } from "../files-storage/file-storage";
import { migrations, migrationState } from "../migrations";
import { backUpCollection } from "./back-up-collection";
import { backUpFiles, filesIn } from "./back-up-files";
import { format, leftOut, manifestName, sealName, type BackedUpCollection, type Manifest } from "./manifest";
import { isMomentLost, noMoment, openMoment, type Moment } from "./moment";
import { store, syncFolder } from "./store";

export interface BackupSource {
  client: mongoose.mongo.MongoClient;
  db: mongoose.mongo.Db;
  storage: FileStorage;
  /** Of this program. */
  version: string;
}

export interface BackupOptions {
  signal?: AbortSignal | undefined;
  /** Told of what is going on, in sentences. */
  say?: ((line: string) => void) | undefined;
}

const stampOf = (at: Date): string => at.toISOString().replace(/[-:.]/g, "");

async function collectionsOf(db: mongoose.mongo.Db): Promise<string[]> {
  const all = await db.listCollections({ type: "collection" }, { nameOnly: true }).toArray();
  return all.flatMap(({ name }) => (name in leftOut || name.startsWith("system.") ? [] : [name])).sort();
}

interface Content {
  consistency: Manifest["consistency"];
  collections: BackedUpCollection[];
  files: ReturnType<typeof filesIn>;
}

async function readAll(source: BackupSource, moment: Moment, folder: string, options: BackupOptions): Promise<Content> {
  const content: Content = { consistency: moment.consistency, collections: [], files: [] };
  for (const name of await collectionsOf(source.db))
    content.collections.push(
      await backUpCollection(source.db, name, moment, folder, {
        signal: options.signal,
        onProgress: (collection, documents) => options.say?.(`${collection}: ${documents} documents so far`),
        ...(name === "files" && { onDocument: (bytes: Buffer) => void content.files.push(...filesIn(bytes)) }),
      }),
    );
  return content;
}

/** From one moment, or, when the server cannot hold it for so long, once more without one. */
async function readContent(source: BackupSource, folder: string, options: BackupOptions): Promise<Content> {
  const moment = await openMoment(source);
  try {
    return await readAll(source, moment, folder, options);
  } catch (error) {
    if (moment === noMoment || !isMomentLost(error)) throw error;
    options.say?.(
      "The database did not hold one moment for as long as this takes; each collection is now read at its own.",
    );
  } finally {
    await moment.end();
  }
  await rm(path.join(folder, "collections"), { recursive: true });
  return readAll(source, noMoment, folder, options);
}

async function fill(source: BackupSource, folder: string, at: Date, options: BackupOptions): Promise<Manifest> {
  await refuseUnfinishedRestore(source.db);
  const { done } = await migrationState(source.db, migrations);
  const { consistency, collections, files: stored } = await readContent(source, folder, options);
  const { files, missing } = await backUpFiles(source.storage, stored, folder, {
    signal: options.signal,
    onProgress: (count) => options.say?.(`${count} of ${stored.length} files so far`),
  });
  // One that began meanwhile.
  await refuseUnfinishedRestore(source.db);
  const manifest: Manifest = {
    format,
    version: source.version,
    at: at.toISOString(),
    database: source.db.databaseName,
    consistency,
    migrations: done.map(({ name }) => name),
    collections,
    files,
    missingFiles: missing,
    leftOut,
  };
  const { sha256 } = await store(folder, manifestName, Readable.from([`${JSON.stringify(manifest, null, 1)}\n`]));
  await store(folder, sealName, Readable.from([`${sha256}  ${manifestName}\n`]));
  return manifest;
}

/**
 * Makes a backup, a folder within `parent`. It grows under another name and gets its own when it is whole and on the disk; what is
 * broken off is removed, or, where the process died, stays under the other name, which no restore takes.
 */
export async function backUp(
  source: BackupSource,
  parent: string,
  options: BackupOptions = {},
): Promise<{ folder: string; manifest: Manifest }> {
  const at = new Date();
  const folder = path.join(parent, `connectbest-${stampOf(at)}`);
  const growing = path.join(parent, `.connectbest-${stampOf(at)}.partial`);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  // One of the same moment has it already, and what is broken off here is removed.
  await mkdir(growing, { mode: 0o700 });
  try {
    const manifest = await fill(source, growing, at, options);
    await rename(growing, folder);
    await syncFolder(parent);
    return { folder, manifest };
  } catch (error) {
    await rm(growing, { recursive: true, force: true });
    throw error;
  }
}
