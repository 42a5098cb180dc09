/** First byte of every key: what kind of thing it stores. */
const kind = { collection: 0x63, document: 0x64, index: 0x69, multikey: 0x6d, retry: 0x72 } as const;

const u32 = (n: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(n);
  return bytes;
};

export const collectionKey = (ns: string): Buffer => Buffer.concat([Buffer.from([kind.collection]), Buffer.from(ns)]);
export const collectionKeys = { from: Buffer.from([kind.collection]), to: Buffer.from([kind.collection + 1]) };
export const documentPrefix = (collection: number): Buffer =>
  Buffer.concat([Buffer.from([kind.document]), u32(collection)]);
export const indexPrefix = (collection: number, index: number): Buffer =>
  Buffer.concat([Buffer.from([kind.index]), u32(collection), u32(index)]);
/** Holds a bit for each field of an index through which an array was met (see Index.arrayFields). */
export const multikeyKey = (collection: number, index: number): Buffer =>
  Buffer.concat([Buffer.from([kind.multikey]), u32(collection), u32(index)]);
export const retryKey = (session: Buffer): Buffer => Buffer.concat([Buffer.from([kind.retry]), session]);
export const retryKeys = { from: Buffer.from([kind.retry]), to: Buffer.from([kind.retry + 1]) };
