import { BSON } from "bson";
import { CommandError } from "../errors";
import type { Doc } from "./values";

/** Largest document, in bytes (MongoDB's limit). */
export const maxDocumentBytes = 16 * 1024 * 1024;

/** Encodes a document; fields whose value is undefined are left out. */
export function encode(doc: Doc): Buffer {
  const bytes = BSON.serialize(doc, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Encodes a document that is to be stored. @throws CommandError 10334 above 16 MiB. */
export function encodeStored(doc: Doc): Buffer {
  const bytes = encode(doc);
  if (bytes.length > maxDocumentBytes) {
    throw new CommandError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}`,
    );
  }
  return bytes;
}
