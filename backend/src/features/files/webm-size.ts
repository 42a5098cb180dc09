import type { FilmSize } from "./mp4-size";

/** Ids of the elements on the way to a film's size. https://www.rfc-editor.org/rfc/rfc9559 */
const ids = { segment: 0x18538067, tracks: 0x1654ae6b, track: 0xae, video: 0xe0, width: 0xb0, height: 0xba };
const containers = new Set([ids.segment, ids.tracks, ids.track, ids.video]);

/**
 * An EBML number at a place (RFC 8794, 4): its first bits tell how many bytes it has.
 * @param keepMark ids are written with those bits
 */
function readNumber(head: Buffer, at: number, keepMark: boolean): { value: number; next: number } | undefined {
  const first = head[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > head.length) return undefined;
  let value = keepMark ? first : first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let i = 1; i < length; i++) {
    const byte = head[at + i] ?? 0;
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value: isUnknown && !keepMark ? Infinity : value, next: at + length };
}

/** A number of pixels, if it is one and is there to be read. */
const pixelsIn = (head: Buffer, at: number, length: number): number | undefined =>
  length >= 1 && length <= 4 && at + length <= head.length ? head.readUIntBE(at, length) : undefined;

/** Finds out how large a WebM film is shown, from its beginning, where its tracks are described before they start. */
export function webmSize(head: Buffer): FilmSize {
  let width: number | undefined;
  let height: number | undefined;
  let hasTracks = false;
  for (let at = 0; at < head.length;) {
    const id = readNumber(head, at, true);
    const size = id && readNumber(head, id.next, false);
    if (!id || !size) break;
    if (id.value === ids.tracks) hasTracks = size.next + size.value <= head.length;
    if (id.value === ids.width) width = pixelsIn(head, size.next, size.value);
    if (id.value === ids.height) height = pixelsIn(head, size.next, size.value);
    if (width && height) return { width, height };
    // Into what contains others, past everything else.
    at = containers.has(id.value) ? size.next : size.next + size.value;
  }
  return hasTracks ? "sound only" : undefined;
}
