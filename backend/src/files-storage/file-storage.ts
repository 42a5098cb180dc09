import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";

/** A part of a file, both ends included, as HTTP counts. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface SignedUrlOptions {
  /** How long it is good for. */
  seconds: number;
  /** The `Content-Type` and `Content-Disposition` that it answers with. */
  type: string;
  disposition: string;
  cacheControl: string;
}

/**
 * Where the bytes of files are: S3, or a folder of this machine. Both pass the same tests. Nothing is ever whole in memory.
 * When it is away or full its methods throw `unavailable`; the cause is in the log.
 */
export interface FileStorage {
  /** Stores all of a stream, or nothing: what is broken off or cannot be finished is not there. */
  put(key: string, body: Readable, about: { type: string; size: number }): Promise<void>;
  /** The file, or a part of it. @throws not_found */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** An address at which anybody may read it for a while; `null`: it has none, we must send it ourselves. */
  signedUrl(key: string, options: SignedUrlOptions): Promise<string | null>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
}

/** 192 bits: a key cannot be guessed, and says nothing of what it stands for. */
export const newKey = (): string => randomBytes(24).toString("hex");
export const thumbnailKey = (key: string): string => `${key}-thumbnail`;

const ours = /^[0-9a-f]{48}(-thumbnail)?$/;

/** The key itself, if it is one of ours: nothing else ever becomes part of a path. @throws Error */
export function demandKey(key: string): string {
  if (!ours.test(key)) throw new Error("This is no key of the file storage.");
  return key;
}
