import { fileTypeFromBuffer } from "file-type/core";
import { endingOf } from "./file-name";

/**
 * What the first bytes of a file say that it is.
 * - `picture`: a raster image that browsers show; `media`: sound or film that they play
 * - `other picture`, `other media`: of a kind that they do not
 * - `text`: readable, whatever language it is in (HTML and SVG too); `other`: anything else that is known
 * - `unknown`: the bytes tell nothing
 */
export type FileKind = "picture" | "other picture" | "media" | "other media" | "text" | "other" | "unknown";

export interface Sniffed {
  kind: FileKind;
  /** The media type under which it is sent. */
  type: string;
}

/** Bytes from the beginning that are looked at: enough for every mark, and a bound for what looking costs. */
export const headSize = 64 * 1024;

/** How `file-type` calls what browsers show, and how browsers call it. Of animated PNG the first picture is kept. */
const pictures = new Map([
  ["image/jpeg", "image/jpeg"],
  ["image/png", "image/png"],
  ["image/apng", "image/png"],
  ["image/gif", "image/gif"],
  ["image/webp", "image/webp"],
  ["image/avif", "image/avif"],
]);
const media = new Map([
  ["audio/aac", "audio/aac"],
  ["audio/flac", "audio/flac"],
  ["audio/mp4", "audio/mp4"],
  ["audio/x-m4a", "audio/mp4"],
  ["audio/mpeg", "audio/mpeg"],
  ["audio/ogg", "audio/ogg"],
  ["audio/ogg; codecs=opus", "audio/ogg"],
  ["audio/wav", "audio/wav"],
  ["video/mp4", "video/mp4"],
  ["video/x-m4v", "video/mp4"],
  ["video/ogg", "video/ogg"],
  ["video/quicktime", "video/quicktime"],
  ["video/webm", "video/webm"],
]);

/** Only these are ever shown in a page; everything else is saved. */
const shown = new Set([...pictures.values(), ...media.values(), "audio/webm"]);
export const isShown = (type: string): boolean => shown.has(type);

/** Control characters that no text has: all but tab, line feed, form feed, carriage return and escape. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

function isText(head: Buffer): boolean {
  try {
    // `stream`: the last character may be cut in two.
    return !controls.test(new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true }));
  } catch {
    return false;
  }
}

/** @param head the first `headSize` bytes, or all there are */
export async function sniff(head: Buffer): Promise<Sniffed> {
  const type = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? "";
  const [family] = type.split("/");
  const isReadable = isText(head);
  // No picture, sound or film can be read aloud: what begins like one and goes on like text is text.
  const isBinary = !isReadable && (family === "image" || family === "audio" || family === "video");
  const [picture, playable] = [pictures.get(type), media.get(type)];
  if (isBinary && picture) return { kind: "picture", type: picture };
  if (isBinary && playable) return { kind: "media", type: playable };
  if (isBinary) return { kind: family === "image" ? "other picture" : "other media", type };
  // What a browser could run is never said to be more than text.
  if (isReadable && (type === "" || /xml|^(image|audio|video)\//.test(type)))
    return { kind: "text", type: "text/plain" };
  return type === "" ? { kind: "unknown", type: "application/octet-stream" } : { kind: "other", type };
}

const pictureEndings = new Set(["jpg", "jpeg", "jfif", "png", "apng", "gif", "webp", "avif"]);
const mediaEndings = new Set([
  ...["mp4", "m4v", "mov", "webm", "ogv"],
  ...["mp3", "m4a", "aac", "wav", "flac", "ogg", "oga", "opus"],
]);
const pictureTypes = /^image\/(p?jpe?g|(x-)?png|apng|gif|webp|avif)$/;
const mediaTypes =
  /^(video\/(mp4|x-m4v|quicktime|webm|ogg)|audio\/(mpeg|mp3|mp4|(x-)?m4a|aac|(x-|vnd\.)?wave?|(x-)?flac|ogg|opus|webm))$/;

/** A file as its sender speaks of it. */
interface Claim {
  name: string;
  declaredType: string;
}

/**
 * Whether a sender says that a file can be shown or played, by its ending or by the declared type, and its bytes say that it
 * is something else. Only what would be shown on somebody's word can be a lie: any other file is saved, never opened, and
 * its name is nobody's promise (browsers declare TypeScript as film). Sound that begins with nothing known is no lie: it is saved.
 */
export function isLie({ name, declaredType }: Claim, found: FileKind): boolean {
  const declared = declaredType.split(";")[0]?.trim().toLowerCase() ?? "";
  const ending = endingOf(name);
  const saysPicture = pictureEndings.has(ending) || pictureTypes.test(declared);
  const saysMedia = mediaEndings.has(ending) || mediaTypes.test(declared);
  const isPicture = found === "picture" || found === "other picture";
  const mayBeMedia = found === "media" || found === "other media" || found === "unknown";
  return (saysPicture && !isPicture) || (saysMedia && !mayBeMedia);
}
