import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";

/** An answer that is a file: given back by the handlers of `download` routes. */
export interface Download {
  contentType: string;
  body: Buffer | Readable;
  /** Given: browsers save it under this name instead of showing it. */
  fileName?: string;
  cacheControl?: string;
}

/** Sends it; a stream that breaks half-way breaks the connection too, so that nobody takes a part for the whole. */
export async function sendDownload(response: Response, { contentType, body, fileName, cacheControl }: Download) {
  response.setHeader("Content-Type", contentType);
  response.setHeader("Cache-Control", cacheControl ?? "private, no-store");
  // What is shown in the browser's window shows nothing but itself.
  response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  if (fileName) response.setHeader("Content-Disposition", `attachment; filename="${fileName}"`);
  if (Buffer.isBuffer(body)) return void response.end(body);
  try {
    await pipeline(body, response);
  } catch (error) {
    // Whoever asked has gone: that is theirs to decide, and no fault of ours.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
