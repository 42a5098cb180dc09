import { ByteReader, ByteWriter } from "./bytes";

/** The first keys of a segment's pages, as bytes: they may hold halves of surrogate pairs, which BSON's strings cannot. */
export function encodeKeys(keys: string[]): Buffer {
  const writer = new ByteWriter();
  for (const key of keys) {
    writer.number(key.length);
    for (let i = 0; i < key.length; i++) writer.number(key.charCodeAt(i));
  }
  return writer.copy();
}

export function decodeKeys(bytes: Buffer): string[] {
  const reader = new ByteReader(bytes);
  const keys: string[] = [];
  while (reader.at < bytes.length) {
    const units = Array.from({ length: reader.number() }, () => reader.number());
    keys.push(String.fromCharCode(...units));
  }
  return keys;
}
