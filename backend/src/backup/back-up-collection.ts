import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type mongoose from "mongoose";
import { foundIndexes } from "../db/indexes";
import { collectionPath, type BackedUpCollection } from "./manifest";
import { Measure } from "./measure";
import type { Moment } from "./moment";
import { rawDocuments } from "./raw-documents";
import { store } from "./store";

/** Bytes that are handed on at once: a document each would be many small steps. */
const pieceBytes = 256 * 1024;
/** Of zlib's nine: half the time of the usual one, for a tenth more bytes. */
const level = 3;
/** Documents between two reports. */
const reportEvery = 50_000;

export interface CollectionOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((collection: string, documents: number) => void) | undefined;
  /** Sees each document. */
  onDocument?: ((bytes: Buffer) => void) | undefined;
}

/** One collection, as it was at the moment, in a file of its own. */
export async function backUpCollection(
  db: mongoose.mongo.Db,
  name: string,
  moment: Moment,
  folder: string,
  { signal, onProgress, onDocument }: CollectionOptions,
): Promise<BackedUpCollection> {
  const content = new Measure();
  let documents = 0;
  async function* pieces(): AsyncGenerator<Buffer> {
    let piece: Buffer[] = [];
    let bytes = 0;
    for await (const document of rawDocuments(db, name, moment.session)) {
      onDocument?.(document);
      content.add(document);
      piece.push(document);
      bytes += document.length;
      if (++documents % reportEvery === 0) onProgress?.(name, documents);
      if (bytes < pieceBytes) continue;
      yield Buffer.concat(piece);
      [piece, bytes] = [[], 0];
    }
    if (piece.length > 0) yield Buffer.concat(piece);
  }
  const indexes = await foundIndexes(db, name);
  const body = Readable.from(pieces(), { objectMode: false });
  const path = collectionPath(name);
  const file = await store(folder, path, body, { through: [createGzip({ level })], signal });
  return { name, documents, ...content.result(), indexes, file: { path, ...file } };
}
