/** A place in the order of answers: the newest first, and among those of one moment the greater id. */
export interface Place {
  /** When the message was sent, in milliseconds since the epoch. */
  time: number;
  /** Its id, hexadecimal. */
  id: string;
}

/** Negative when `a` stands before `b` in an answer. */
export const comparePlaces = (a: Place, b: Place): number =>
  b.time - a.time || (a.id === b.id ? 0 : a.id > b.id ? -1 : 1);

/** A message of a segment: where it stands, and which of its versions was indexed. */
export interface IndexedDocument extends Place {
  rev: number;
}

/** Bytes of a document: its time (a double), id (12) and revision (32 bits, the lowest). */
const rowBytes = 24;
/** Documents in one block: what is read to learn where one of them stands. */
export const blockDocuments = 512;

/** Writes the documents of a segment, oldest first: their numbers are their places. In blocks, for few of them are asked for at a time. */
export class BlockWriter {
  readonly #blocks: Buffer[] = [];
  #block: Buffer | undefined;
  size = 0;
  /** When the first and the last were sent. */
  from = 0;
  to = 0;

  add({ time, id, rev }: IndexedDocument): void {
    const row = this.size % blockDocuments;
    if (!this.#block || row === 0) this.#blocks.push((this.#block = Buffer.alloc(blockDocuments * rowBytes)));
    this.#block.writeDoubleLE(time, row * rowBytes);
    this.#block.write(id, row * rowBytes + 8, 12, "hex");
    this.#block.writeUInt32LE(rev, row * rowBytes + 20);
    if (this.size++ === 0) this.from = time;
    this.to = time;
  }

  blocks(): Buffer[] {
    const rest = this.size % blockDocuments;
    return this.#blocks.map((block, i) =>
      rest > 0 && i === this.#blocks.length - 1 ? block.subarray(0, rest * rowBytes) : block,
    );
  }
}

/** @param row the document's number within the block */
export const documentAt = (block: Buffer, row: number): IndexedDocument => ({
  time: block.readDoubleLE(row * rowBytes),
  id: block.toString("hex", row * rowBytes + 8, row * rowBytes + 20),
  rev: block.readUInt32LE(row * rowBytes + 20),
});

export const documentsIn = (block: Buffer): number => block.length / rowBytes;
