import { crc32 } from "node:zlib";
import type { File } from "@connectbest/contract";
import sharp from "sharp";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { readFile, sendFile, uploadFile } from "../../testing/upload";

let api: TestApi;
let ada: Account;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
});
afterAll(() => api.close());

const plain = (width: number, height: number, background = "#336699") =>
  sharp({ create: { width, height, channels: 3, background } });

/** Held upright, as a telephone notes it; with where it was taken, and a colour profile of its own. */
const photograph = () =>
  plain(1600, 900)
    .jpeg()
    .withIccProfile("p3")
    .withExif({ IFD0: { Make: "Secret Camera" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();

async function bytesOf(file: File, url = file.url): Promise<Buffer> {
  return (await readFile(api, ada, url)).body as Buffer;
}

describe("a photograph", () => {
  it("loses what the camera noted, and nothing of what is seen", async () => {
    const sent = await photograph();
    expect((await sharp(sent).metadata()).exif).toBeDefined();
    const file = await uploadFile(api, ada, { bytes: sent, name: "IMG_1.jpg" });
    expect(file).toMatchObject({ name: "IMG_1.jpg", type: "image/jpeg", width: 900, height: 1600 });
    const bytes = await bytesOf(file);
    expect(file.size).toBe(bytes.length);
    const { width, height, orientation, exif, xmp, icc, space } = await sharp(bytes).metadata();
    expect([width, height, orientation, exif, xmp, icc, space]).toEqual([
      900,
      1600,
      undefined,
      undefined,
      undefined,
      undefined,
      "srgb",
    ]);
    expect(bytes.includes("Secret")).toBe(false);
  });

  it("has a small picture beside it, no larger than itself", async () => {
    const large = await uploadFile(api, ada, { bytes: await photograph(), name: "large.jpg" });
    const of = async (file: File) => {
      const { format, width, height, exif } = await sharp(await bytesOf(file, file.thumbnailUrl ?? "")).metadata();
      return [format, width, height, exif];
    };
    expect(large.thumbnailUrl).toBe(`/api/files/${large.id}/thumbnail`);
    expect(await of(large)).toEqual(["webp", 405, 720, undefined]);
    const small = await uploadFile(api, ada, { bytes: await plain(60, 20).png().toBuffer(), name: "small.png" });
    expect(await of(small)).toEqual(["webp", 60, 20, undefined]);
  });
});

describe("a picture", () => {
  it.each(["jpeg", "png", "webp", "gif", "avif"] as const)("stays what it is: %s", async (format) => {
    const bytes = await plain(40, 30).toFormat(format).toBuffer();
    const file = await uploadFile(api, ada, { bytes, name: "whatever.bin", type: "application/octet-stream" });
    expect(file).toMatchObject({ type: `image/${format}`, width: 40, height: 30 });
    const shown = await readFile(api, ada, file.url);
    expect(shown.headers).toMatchObject({
      "content-type": `image/${format}`,
      "content-disposition": 'inline; filename="whatever.bin"',
      "x-content-type-options": "nosniff",
    });
    expect((await sharp(shown.body as Buffer).metadata()).width).toBe(40);
  });

  it("keeps its transparency", async () => {
    const bytes = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const file = await uploadFile(api, ada, { bytes, name: "clear.png" });
    expect((await sharp(await bytesOf(file)).stats()).isOpaque).toBe(false);
    expect((await sharp(await bytesOf(file, file.thumbnailUrl ?? "")).stats()).isOpaque).toBe(false);
  });

  it.each(["gif", "webp"] as const)("goes on moving as %s, at its pace and for as long", async (format) => {
    const frames = await Promise.all(["#f00", "#0f0", "#00f"].map((colour) => plain(50, 40, colour).png().toBuffer()));
    const bytes = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { delay: [90, 90, 400], loop: 3 })
      .toBuffer();
    const file = await uploadFile(api, ada, { bytes, name: `moving.${format}` });
    expect(file).toMatchObject({ type: `image/${format}`, width: 50, height: 40 });
    const moving = await sharp(await bytesOf(file), { animated: true }).metadata();
    expect([moving.pages, moving.pageHeight, moving.delay, moving.loop]).toEqual([3, 40, [90, 90, 400], 3]);
    const still = await sharp(await bytesOf(file, file.thumbnailUrl ?? "")).metadata();
    expect([still.pages ?? 1, still.width, still.height]).toEqual([1, 50, 40]);
  });

  it("carries nothing hidden: comments, a page behind its end", async () => {
    const script = "<script>alert(document.domain)</script>";
    const gif = await plain(9, 9).gif().toBuffer();
    const comment = Buffer.concat([Buffer.from([0x21, 0xfe, script.length]), Buffer.from(script), Buffer.from([0])]);
    const withComment = Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1), Buffer.from(script)]);
    const png = Buffer.concat([await plain(9, 9).png().toBuffer(), Buffer.from(`<html>${script}</html>`)]);
    for (const [bytes, name] of [
      [withComment, "x.gif"],
      [png, "x.png"],
      [png, "x.html"],
    ] as const) {
      const file = await uploadFile(api, ada, { bytes, name });
      expect((await bytesOf(file)).includes("script")).toBe(false);
    }
  });

  it("that is damaged, or too large to unfold, is refused", async () => {
    const whole = await plain(300, 300).png().toBuffer();
    const frames = await Promise.all(["#000", "#fff"].map((colour) => plain(2000, 2000, colour).png().toBuffer()));
    const long = sharp(
      Array.from({ length: 13 }, (_, i) => frames[i % 2] ?? ""),
      { join: { animated: true } },
    );
    /** Says in its head to be so large. */
    const bomb = (width: number, height: number) => {
      const png = Buffer.from(whole);
      png.writeUInt32BE(width, 16);
      png.writeUInt32BE(height, 20);
      png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
      return png;
    };
    for (const [bytes, name, word] of [
      [whole.subarray(0, 200), "half.png", "damaged"],
      [Buffer.concat([whole.subarray(0, 60), Buffer.alloc(200, 7)]), "garbled.png", "damaged"],
      [bomb(10_000, 5_001), "wide.png", "megapixels"],
      [bomb(1_000_000, 1_000_000), "huge.png", "megapixels"],
      [await long.gif({ effort: 1, dither: 0, colours: 2 }).toBuffer(), "long.gif", "megapixels"],
    ] as const) {
      const refused = await sendFile(api, ada, { bytes, name });
      expect([name, refused.status, (refused.body as { error: string }).error]).toEqual([
        name,
        415,
        expect.stringContaining(word),
      ]);
    }
  });
});
