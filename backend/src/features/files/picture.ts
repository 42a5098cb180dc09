import sharp, { type Metadata, type Sharp } from "sharp";
import { ApiError } from "../../http/errors";
import { diskRefusal } from "../../files-storage/disk-refusal";
import { Lanes } from "./lanes";

/** Seconds that one step of work on a picture may take. */
const patience = 20;
/** Wide and high, in pixels. */
const thumbnailSize = 720;

// Each picture is read once: nothing of it need be kept.
sharp.cache(false);
/** One picture at a time in each process: the largest take some hundred megabytes, and the API must answer meanwhile. */
const lane = new Lanes(1);

const unreadable = () =>
  new ApiError("unsupported_type", "This picture cannot be read: it is damaged, or is not what it is called.");
const tooMany = (megapixels: number) =>
  new ApiError(
    "unsupported_type",
    `This picture has more than ${megapixels} megapixels, all it shows together. Make it smaller, or send it in a ZIP file.`,
  );

interface Drawn {
  width: number;
  height: number;
  /** In bytes. */
  size: number;
}

/** These may be animations. */
const moving = new Set(["image/gif", "image/webp"]);

interface Format {
  /**
   * Of all frames together: more than cameras make, far less than an image bomb unfolds to. Writing WebP and AVIF takes 25
   * and 40 bytes of memory a pixel, and up to a second for two million of them (measured; JPEG: 8 bytes, 25 million).
   */
  megapixels: number;
  encode: (picture: Sharp, metadata: Metadata) => Sharp;
}

const formats: Partial<Record<string, Format>> = {
  "image/jpeg": {
    megapixels: 50,
    encode: (picture, { chromaSubsampling }) =>
      picture.jpeg({ quality: 90, chromaSubsampling: chromaSubsampling?.startsWith("4:4:4") ? "4:4:4" : "4:2:0" }),
  },
  "image/png": { megapixels: 50, encode: (picture) => picture.png() },
  "image/gif": { megapixels: 50, encode: (picture) => picture.gif({ effort: 4 }) },
  "image/webp": { megapixels: 25, encode: (picture) => picture.webp({ quality: 90 }) },
  "image/avif": { megapixels: 16, encode: (picture) => picture.avif({ quality: 70, effort: 1 }) },
};

/** What went wrong, in words for people: the disk's fault, or the picture's. */
function refusal(error: unknown, megapixels: number): unknown {
  if (error instanceof ApiError) return error;
  if (error instanceof Error && error.message.includes("pixel limit")) return tooMany(megapixels);
  const isFull = error instanceof Error && /no space left|quota exceeded/i.test(error.message);
  return isFull ? diskRefusal(Object.assign(error, { code: "ENOSPC" })) : unreadable();
}

/**
 * Draws a picture anew, so that it is nothing but its pixels: without place, camera, embedded previews or whatever hides in
 * it; upright, in sRGB, an animation still moving. @throws unsupported_type
 */
export async function redraw(source: string, type: string, target: string): Promise<Drawn> {
  const format = formats[type];
  if (!format) throw unreadable();
  const { megapixels, encode } = format;
  return lane.run(async () => {
    try {
      // How many pixels it unfolds to is read from its head, before anything is unfolded.
      const limit = { limitInputPixels: megapixels * 1_000_000, failOn: "error" } as const;
      const picture = sharp(source, { ...limit, animated: moving.has(type) });
      const metadata = await picture.metadata();
      // What it is, two programs must agree on: the one that read its mark, and the one that reads it.
      if (`image/${metadata.format === "heif" ? "avif" : metadata.format}` !== type) throw unreadable();
      // An animation cannot be turned, and no camera makes one.
      const upright = (metadata.pages ?? 1) > 1 ? picture : picture.autoOrient();
      const drawn = await encode(upright, metadata).timeout({ seconds: patience }).toFile(target);
      return { width: drawn.width, height: drawn.pageHeight ?? drawn.height, size: drawn.size };
    } catch (error) {
      throw refusal(error, megapixels);
    }
  });
}

/** A small still picture of one that was redrawn, as WebP. */
export const drawThumbnail = (source: string, target: string): Promise<Drawn> =>
  lane.run(async () => {
    try {
      return await sharp(source, { pages: 1 })
        .resize(thumbnailSize, thumbnailSize, { fit: "inside", withoutEnlargement: true })
        .webp({ quality: 80 })
        .timeout({ seconds: patience })
        .toFile(target);
    } catch (error) {
      throw refusal(error, 0);
    }
  });
