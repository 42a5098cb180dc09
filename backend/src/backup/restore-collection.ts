import { createReadStream } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import type mongoose from "mongoose";
import type { BackedUpCollection } from "./manifest";
import { isSame, Measure } from "./measure";
import { batchesOf, insertRaw, rawDocuments } from "./raw-documents";
import { BackupProblem } from "./verify-backup";

type Db = mongoose.mongo.Db;

/** Bytes that are unpacked at once. */
const pieceBytes = 256 * 1024;
/** Batches between two reports. */
const reportEvery = 50;

interface Options {
  signal?: AbortSignal | undefined;
  onProgress?: ((collection: string, documents: number) => void) | undefined;
}

/** Puts one collection's documents in, byte by byte as they were, without indexes. */
export async function restoreCollection(
  db: Db,
  folder: string,
  { name, file }: BackedUpCollection,
  { signal, onProgress }: Options,
): Promise<void> {
  await db.createCollection(name);
  const packed = createReadStream(path.join(folder, file.path));
  const unpacked = createGunzip({ chunkSize: pieceBytes });
  packed.on("error", (error) => unpacked.destroy(error));
  let documents = 0;
  let batches = 0;
  for await (const batch of batchesOf(packed.pipe(unpacked))) {
    signal?.throwIfAborted();
    await insertRaw(db, name, batch);
    documents += batch.length;
    if (++batches % reportEvery === 0) onProgress?.(name, documents);
  }
}

/** Reads all that was put in once more. @throws BackupProblem when it is not what the backup says */
export async function verifyCollection(db: Db, wanted: BackedUpCollection, signal?: AbortSignal): Promise<void> {
  const content = new Measure();
  let documents = 0;
  for await (const bytes of rawDocuments(db, wanted.name)) {
    signal?.throwIfAborted();
    content.add(bytes);
    documents++;
  }
  if (documents === wanted.documents && isSame(wanted, content.result())) return;
  throw new BackupProblem(
    `${wanted.name} is not what the backup says (${documents} of ${wanted.documents} documents). Is something else writing there? Stop the API and restore again.`,
  );
}
