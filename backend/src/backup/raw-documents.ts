import type { Readable } from "node:stream";
import mongoose, { type ClientSession } from "mongoose";
import { DocumentSequence } from "mongodb/lib/cmap/commands.js";

type Db = mongoose.mongo.Db;

/** How much is gathered before it is written or sent: documents, and bytes. */
const batchDocuments = 1000;
const batchBytes = 8 * 1024 * 1024;
/** MongoDB's largest document, and the smallest there can be. */
const largest = 16 * 1024 * 1024 + 16 * 1024;
const smallest = 5;

/** All documents of a collection as the bytes that they are, in the order of `_id`. */
export async function* rawDocuments(db: Db, collection: string, session?: ClientSession): AsyncGenerator<Buffer> {
  const cursor = db
    .collection(collection)
    .find({}, { raw: true, sort: { _id: 1 }, batchSize: batchDocuments, ...(session && { session }) });
  for await (const bytes of cursor as unknown as AsyncIterable<Uint8Array>)
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Documents that follow one another in a stream, in batches. @throws when it ends within one, or is none of that kind */
export async function* batchesOf(body: Readable): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  let batch: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (; rest.length >= 4;) {
      const length = rest.readInt32LE(0);
      if (length < smallest || length > largest)
        throw new Error("What is stored of a collection is no row of documents.");
      if (rest.length < length) break;
      batch.push(rest.subarray(0, length));
      bytes += length;
      rest = rest.subarray(length);
      if (batch.length < batchDocuments && bytes < batchBytes) continue;
      yield batch;
      [batch, bytes] = [[], 0];
    }
  }
  if (rest.length > 0) throw new Error("What is stored of a collection ends within a document.");
  if (batch.length > 0) yield batch;
}

/**
 * Inserts documents as the bytes that they are. The driver's own way decodes and encodes them, which loses the order of fields whose
 * names are numbers; so this is the command itself, with the driver's inner means of sending bytes.
 */
export async function insertRaw(db: Db, collection: string, documents: Buffer[]): Promise<void> {
  const sequence = new DocumentSequence("documents");
  for (const bytes of documents) sequence.push({}, bytes);
  const writeConcern = { w: "majority", j: true };
  const reply = await db.command({ insert: collection, ordered: true, writeConcern, documents: sequence });
  if (reply["n"] === documents.length) return;
  const { code } = (reply["writeErrors"] as { code: number }[] | undefined)?.[0] ?? { code: 0 };
  throw new mongoose.mongo.MongoServerError({ message: `A document of ${collection} was not taken.`, code });
}
