import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ebml, mp4, mp4Box, trackHeader, webm } from "../../testing/films";
import { mp4Size } from "./mp4-size";
import { webmSize } from "./webm-size";

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(os.tmpdir(), "connectbest-films-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function sizeOf(bytes: Buffer) {
  const file = path.join(folder, "film");
  await writeFile(file, bytes);
  const handle = await open(file, "r");
  return mp4Size(handle, bytes.length).finally(() => handle.close());
}

describe("the size of an MP4 film", () => {
  it("is found before or behind its pictures", async () => {
    expect(await sizeOf(mp4({ width: 1920, height: 1080 }))).toEqual({ width: 1920, height: 1080 });
    const [type, index] = [
      mp4Box("ftyp", Buffer.from("isom\0\0\0\0")),
      mp4Box("moov", mp4Box("trak", trackHeader(640, 360))),
    ];
    expect(await sizeOf(Buffer.concat([type, mp4Box("mdat", Buffer.alloc(1e6)), index]))).toEqual({
      width: 640,
      height: 360,
    });
  });

  it("is that of a telephone held upright", async () => {
    expect(await sizeOf(mp4({ width: 1920, height: 1080, isTurned: true }))).toEqual({ width: 1080, height: 1920 });
  });

  it("is none of a sound", async () => {
    expect(await sizeOf(mp4({ width: 0, height: 0 }))).toBe("sound only");
  });

  it("is unknown of what is broken, and found out without end by nobody", async () => {
    const broken = [
      Buffer.alloc(0),
      Buffer.alloc(100_000),
      Buffer.from("\0\0\0\x08moov"),
      mp4({ width: 10, height: 10 }).subarray(0, 60),
      Buffer.from([0, 0, 0, 1, 0x6d, 0x6f, 0x6f, 0x76, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.concat(Array.from({ length: 5000 }, () => mp4Box("free", Buffer.alloc(0)))),
      mp4Box("moov", Buffer.alloc(9 * 1024 * 1024)),
    ];
    for (const bytes of broken) expect([undefined, "sound only"]).toContain(await sizeOf(bytes));
  });
});

describe("the size of a WebM film", () => {
  it("is found in its tracks", () => {
    expect(webmSize(webm({ width: 1280, height: 720 }))).toEqual({ width: 1280, height: 720 });
    expect(webmSize(webm({ width: 1280, height: 720 }, { isLive: true }))).toEqual({ width: 1280, height: 720 });
  });

  it("is none of a sound", () => {
    expect(webmSize(webm(null))).toBe("sound only");
  });

  it("is unknown of what is broken", () => {
    const whole = webm({ width: 1280, height: 720 });
    const endOfTracks = whole.indexOf("1f43b675", 0, "hex");
    for (let length = 0; length < endOfTracks; length++)
      expect([undefined, "sound only"]).toContain(webmSize(whole.subarray(0, length)));
    expect(webmSize(Buffer.alloc(64 * 1024))).toBeUndefined();
    expect(webmSize(Buffer.alloc(64 * 1024, 0xff))).toBeUndefined();
    expect(webmSize(ebml(0xb0, Buffer.alloc(0)))).toBeUndefined();
  });
});
