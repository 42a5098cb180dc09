import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { contentDisposition } from "./content-disposition";

/** A part of a file, both ends included. */
export interface Range {
  start: number;
  end: number;
}

/** A file of which parts can be read, so that players can seek in it. */
export interface SeekableBody {
  /** In bytes. */
  size: number;
  open: (range?: Range) => Promise<Readable>;
}

/** An answer that is a file: given back by the handlers of `download` routes. */
export interface Download {
  contentType: string;
  body: Buffer | Readable | SeekableBody;
  /** Given: browsers save it under this name instead of showing it. */
  fileName?: string;
  /** It is shown all the same; the name is for those who save it. */
  isInline?: boolean;
  cacheControl?: string;
}

/** What is opened in the browser's window runs nothing and loads nothing. */
const nothing = "default-src 'none'; sandbox";
/** Sound and film are loaded once more by the player that browsers put around them, from the same origin and with styles. */
const player =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox allow-same-origin";

/** Sends it; a stream that breaks half-way breaks the connection too, so that nobody takes a part for the whole. */
export async function sendDownload(response: Response, download: Download): Promise<void> {
  const { contentType, body, fileName, isInline, cacheControl } = download;
  // Opened before a header is set: a refusal is no file.
  const { source, status, headers } = "size" in body ? await openPart(response.req, body) : whole(body);
  if (status) response.status(status);
  response.set(headers);
  response.setHeader("Content-Type", contentType);
  response.setHeader("Cache-Control", cacheControl ?? "private, no-store");
  response.setHeader("Content-Security-Policy", isInline ? player : nothing);
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  if (fileName !== undefined)
    response.setHeader("Content-Disposition", contentDisposition(isInline ? "inline" : "attachment", fileName));
  if (source === null || Buffer.isBuffer(source)) return void response.end(source);
  try {
    await pipeline(source, response);
  } catch (error) {
    // Whoever asked has gone: that is theirs to decide, and no fault of ours.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

/** What is sent of a file. */
interface Part {
  source: Buffer | Readable | null;
  status?: number;
  headers: Record<string, string>;
}

const whole = (source: Buffer | Readable): Part => ({ source, headers: {} });

/** Opens the part that is asked for (RFC 9110, 14), unless only headers are. */
async function openPart(request: Request, { size, open }: SeekableBody): Promise<Part> {
  const range = rangeOf(request, size);
  if (range === "beyond") return { source: null, status: 416, headers: { "Content-Range": `bytes */${size}` } };
  const source = request.method === "HEAD" ? null : await open(range);
  const headers = { "Accept-Ranges": "bytes", "Content-Length": String(range ? range.end - range.start + 1 : size) };
  if (!range) return { source, headers };
  return { source, status: 206, headers: { ...headers, "Content-Range": `bytes ${range.start}-${range.end}/${size}` } };
}

/** What is not one range of bytes is answered with the whole, as the standard allows. */
function rangeOf(request: Request, size: number): Range | "beyond" | undefined {
  // There is no version to compare: whoever asks "if it is still this one" gets the whole.
  if (request.get("if-range") !== undefined) return undefined;
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.get("range") ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "")
    return Number(last) > 0 && size > 0 ? { start: Math.max(0, size - Number(last)), end: size - 1 } : "beyond";
  const [start, end] = [Number(first), last === "" ? Infinity : Number(last)];
  if (end < start) return undefined;
  return start < size ? { start, end: Math.min(end, size - 1) } : "beyond";
}
