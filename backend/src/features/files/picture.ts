import sharp, { type Metadata, type Sharp } from "sharp";
import { ApiError } from "../../http/errors";
import { diskRefusal } from "../../files-storage/disk-refusal";
import { Lanes } from "./lanes";

/** 50 megapixels: more than cameras make, far less than an image bomb unfolds to. */
const mostPixels = 50_000_000;
/** Of all pictures of an animation together. */
const mostMovingPixels = 100_000_000;
/** Seconds that one step of work on a picture may take. */
const patience = 20;
/** Wide and high, in pixels. */
const thumbnailSize = 720;

// Each picture is read once: nothing of it need be kept.
sharp.cache(false);
/** Pictures under way in this process: each takes up to some hundred megabytes while it lasts. */
const lanes = new Lanes(2);

const unreadable = () =>
  new ApiError("unsupported_type", "This picture cannot be read: it is damaged, or is not what it is called.");
const tooMany = () =>
  new ApiError(
    "unsupported_type",
    "This picture has more than 50 megapixels. Make it smaller, or send it in a ZIP file.",
  );

interface Drawn {
  width: number;
  height: number;
  /** In bytes. */
  size: number;
}

const encoders: Partial<Record<string, (picture: Sharp, metadata: Metadata) => Sharp>> = {
  "image/jpeg": (picture, { chromaSubsampling }) =>
    picture.jpeg({ quality: 90, chromaSubsampling: chromaSubsampling?.startsWith("4:4:4") ? "4:4:4" : "4:2:0" }),
  "image/png": (picture) => picture.png(),
  "image/gif": (picture) => picture.gif({ effort: 4 }),
  "image/webp": (picture) => picture.webp({ quality: 90 }),
  // Effort beyond this takes many seconds for a photograph.
  "image/avif": (picture) => picture.avif({ quality: 70, effort: 1 }),
};

/** What went wrong, in words for people: the disk's fault, or the picture's. */
function refusal(error: unknown): unknown {
  if (error instanceof ApiError) return error;
  const isFull = error instanceof Error && /no space left|quota exceeded/i.test(error.message);
  return isFull ? diskRefusal(Object.assign(error, { code: "ENOSPC" })) : unreadable();
}

const moves = new Set(["image/gif", "image/webp"]);

/** How many pixels it unfolds to is read from its head, before anything is unfolded. */
async function demandReasonable(source: Sharp): Promise<Metadata> {
  const metadata = await source.metadata();
  const { width, height, pages = 1, pageHeight = height } = metadata;
  if (width * pageHeight > mostPixels || width * pageHeight * pages > mostMovingPixels) throw tooMany();
  return metadata;
}

/**
 * Draws a picture anew, so that it is nothing but its pixels: without place, camera, embedded previews or whatever hides in
 * it; upright, in sRGB, an animation still moving. @throws unsupported_type
 */
export const redraw = (source: string, type: string, target: string): Promise<Drawn> =>
  lanes.run(async () => {
    try {
      const isMoving = moves.has(type);
      const picture = sharp(source, { limitInputPixels: mostMovingPixels, failOn: "error", animated: isMoving });
      const metadata = await demandReasonable(picture);
      const encode = encoders[type];
      // What it is, two programs must agree on: the one that read its mark, and the one that reads it.
      if (!encode || `image/${metadata.format === "heif" ? "avif" : metadata.format}` !== type) throw unreadable();
      // An animation cannot be turned, and no camera makes one.
      const upright = (metadata.pages ?? 1) > 1 ? picture : picture.autoOrient();
      const { width, height, size, pageHeight } = await encode(upright, metadata)
        .timeout({ seconds: patience })
        .toFile(target);
      return { width, height: pageHeight ?? height, size };
    } catch (error) {
      throw refusal(error);
    }
  });

/** A small still picture of one that was redrawn, as WebP. */
export const drawThumbnail = (source: string, target: string): Promise<Drawn> =>
  lanes.run(async () => {
    try {
      return await sharp(source, { limitInputPixels: mostPixels, pages: 1 })
        .resize(thumbnailSize, thumbnailSize, { fit: "inside", withoutEnlargement: true })
        .webp({ quality: 80 })
        .timeout({ seconds: patience })
        .toFile(target);
    } catch (error) {
      throw refusal(error);
    }
  });
