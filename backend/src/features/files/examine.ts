import { open } from "node:fs/promises";
import { invalidRequest, ApiError } from "../../http/errors";
import type { UploadOnDisk } from "../../http/upload";
import type { IncomingFiles } from "../../files-storage/incoming-files";
import { headSize, isLie, sniff, type Sniffed } from "./file-kind";
import { cleanFileName } from "./file-name";
import { mp4Size, type FilmSize } from "./mp4-size";
import { drawThumbnail, redraw } from "./picture";
import { webmSize } from "./webm-size";

/** A file that is ready to be stored. */
export interface Examined {
  name: string;
  type: string;
  path: string;
  size: number;
  width: number | null;
  height: number | null;
  thumbnail: { path: string; size: number } | null;
}

const sound = new Map([
  ["video/mp4", "audio/mp4"],
  ["video/webm", "audio/webm"],
]);

interface Look extends Sniffed {
  film: FilmSize;
}

/** Looks at a file's first bytes, and at a film's index. */
async function look({ path, size }: UploadOnDisk): Promise<Look> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headSize), 0, headSize, 0);
    const head = buffer.subarray(0, bytesRead);
    const sniffed = await sniff(head);
    if (sniffed.type === "video/webm") return { ...sniffed, film: webmSize(head) };
    const hasIndex = sniffed.type === "video/mp4" || sniffed.type === "video/quicktime";
    return { ...sniffed, film: hasIndex ? await mp4Size(file, size) : undefined };
  } finally {
    await file.close();
  }
}

/**
 * Finds out what an upload is and makes it what may be shown to others. Whatever it writes, it writes into `incoming`, for
 * the caller to remove. @throws invalid_request when it is empty, unsupported_type when it is not what it is said to be
 */
export async function examine(upload: UploadOnDisk, incoming: IncomingFiles): Promise<Examined> {
  if (upload.size === 0) throw invalidRequest("This file is empty.");
  const { kind, type, film } = await look(upload);
  const name = cleanFileName(upload.name);
  if (isLie({ name, declaredType: upload.declaredType }, kind))
    throw new ApiError(
      "unsupported_type",
      "This file is not what its name or type says. Give it the ending of what it is, and try again.",
    );
  if (kind === "picture") return { name, type, ...(await examinePicture(upload.path, type, incoming)) };
  const found = { name, path: upload.path, size: upload.size, thumbnail: null };
  if (film === "sound only") return { ...found, type: sound.get(type) ?? type, width: null, height: null };
  return { ...found, type, width: film?.width ?? null, height: film?.height ?? null };
}

async function examinePicture(source: string, type: string, incoming: IncomingFiles) {
  const path = await incoming.newPath();
  const small = await incoming.newPath();
  try {
    const drawn = await redraw(source, type, path);
    const thumbnail = await drawThumbnail(path, small);
    return { path, ...drawn, thumbnail: { path: small, size: thumbnail.size } };
  } catch (error) {
    await Promise.all([incoming.remove(path), incoming.remove(small)]);
    throw error;
  }
}

/** Removes what examining wrote. */
export async function discard({ path, thumbnail }: Examined, incoming: IncomingFiles): Promise<void> {
  await incoming.remove(path);
  if (thumbnail) await incoming.remove(thumbnail.path);
}
