import { createHash } from "node:crypto";
import { Transform, type Readable, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface Measured {
  bytes: number;
  sha256: string;
}

/** Lets bytes through and tells, at the end, how many they were and their checksum. */
export class Measure extends Transform {
  readonly #hash = createHash("sha256");
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.add(chunk);
    done(null, chunk);
  }

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  /** Once, at the end. */
  result(): Measured {
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

/** Reads a stream to its end for nothing but its measure. */
export async function measure(body: Readable, signal?: AbortSignal): Promise<Measured> {
  const all = new Measure();
  await pipeline(
    body,
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) all.add(chunk);
    },
    { ...(signal && { signal }) },
  );
  return all.result();
}

export const isSame = (one: Measured, other: Measured): boolean =>
  one.bytes === other.bytes && one.sha256 === other.sha256;
