import type { FileHandle } from "node:fs/promises";

/** What a film's tracks say of it: its size in pixels as shown, or that there is nothing to see. */
export type FilmSize = { width: number; height: number } | "sound only" | undefined;

/** The index of a film is kept in memory to be read: longer ones are left unread, in bytes. */
const longestIndex = 8 * 1024 * 1024;
/** Boxes looked at on one level: a file made of nothing but empty ones is not read to its end. */
const mostBoxes = 1000;

interface Box {
  type: string;
  /** Where its content begins, and where it ends. */
  start: number;
  end: number;
}

/** The boxes of an ISO base media file (ISO 14496-12, 4.2) that stand within a part of it. */
async function* boxes(
  read: (at: number, length: number) => Promise<Buffer>,
  from: number,
  to: number,
): AsyncGenerator<Box> {
  for (let at = from, seen = 0; at + 8 <= to && seen < mostBoxes; seen++) {
    const head = await read(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.length === 16;
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    if (size < (isLong ? 16 : 8) || at + size > to) return;
    yield { type: head.toString("latin1", 4, 8), start: at + (isLong ? 16 : 8), end: at + size };
    at += size;
  }
}

async function find(index: Buffer, from: Box, type: string): Promise<Box | undefined> {
  for await (const box of boxes(async (at, length) => index.subarray(at, at + length), from.start, from.end))
    if (box.type === type) return box;
  return undefined;
}

/** A track header's width and height are 16.16 numbers at its end; before them stands the matrix that turns it (8.3.2). */
function sizeIn(header: Buffer): { width: number; height: number } | undefined {
  if (header.length < 84) return undefined;
  const matrix = header.length - 44;
  const isTurned = header.readInt32BE(matrix) === 0 && header.readInt32BE(matrix + 4) !== 0;
  const [width, height] = [header.readUInt16BE(header.length - 8), header.readUInt16BE(header.length - 4)];
  if (width === 0 || height === 0) return undefined;
  return isTurned ? { width: height, height: width } : { width, height };
}

/** Finds out how large an MP4 or QuickTime film is shown, from its index, wherever in the file that stands. */
export async function mp4Size(file: FileHandle, length: number): Promise<FilmSize> {
  const read = async (at: number, wanted: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, at);
    return buffer.subarray(0, bytesRead);
  };
  for await (const { type, start, end } of boxes(read, 0, length)) {
    if (type !== "moov") continue;
    if (end - start > longestIndex) return undefined;
    const index = await read(start, end - start);
    const all: Box = { type, start: 0, end: index.length };
    for await (const track of boxes(async (at, wanted) => index.subarray(at, at + wanted), all.start, all.end)) {
      const header = track.type === "trak" && (await find(index, track, "tkhd"));
      const size = header && sizeIn(index.subarray(header.start, header.end));
      if (size) return size;
    }
    return "sound only";
  }
  return undefined;
}
