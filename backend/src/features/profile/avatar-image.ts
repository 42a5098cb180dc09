import sharp from "sharp";
import { ApiError } from "../../http/errors";

const size = 256;
/** 50 megapixels: more than cameras make, far less than an image bomb unfolds to. */
const mostPixels = 50_000_000;
const accepted = new Set(["jpeg", "png", "webp", "gif", "heif"]);

const notAnImage = () =>
  new ApiError("unsupported_type", "This is no picture that can be read. Choose a JPEG, PNG, WebP, GIF or AVIF file.");

/**
 * Cuts a picture to a square and drops everything but its pixels (place, camera, embedded previews). What it is, its bytes
 * say, whatever its name and declared type. @throws unsupported_type
 */
export async function avatarImage(bytes: Buffer): Promise<Buffer> {
  try {
    const source = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", pages: 1 });
    const { format } = await source.metadata();
    // SVG is text that can name files and sites; it is never rendered here.
    if (!format || !accepted.has(format)) throw notAnImage();
    return await source
      .rotate()
      .resize(size, size, { fit: "cover", position: "attention" })
      .flatten({ background: "#ffffff" })
      .webp({ quality: 82 })
      .timeout({ seconds: 10 })
      .toBuffer();
  } catch {
    throw notAnImage();
  }
}
