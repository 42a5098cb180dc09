import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createLogger } from "../http/request-log";
import { bucket, S3Server } from "../testing/s3-server";
import { createFileStorage, incomingFiles } from "./create-file-storage";
import { newKey, thumbnailKey, type FileStorage } from "./file-storage";

const logger = createLogger("silent");
const text = { type: "text/plain", size: 11 };

let folder: string;
let s3: S3Server;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "connectbest-storage-"));
  s3 = await S3Server.start();
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

const settings = (change: object = {}) => ({
  FILES_STORAGE: "disk" as const,
  FILES_DIRECTORY: folder,
  FILES_BUCKET: bucket,
  AWS_REGION: "us-east-1",
  S3_ENDPOINT: s3.endpoint,
  ...change,
});
const onDisk = (change: object = {}) => createFileStorage(settings(change), logger);
const onS3 = (change: object = {}) => createFileStorage(settings({ FILES_STORAGE: "s3", ...change }), logger);

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "no refusal",
    (error: { code?: string }) => error.code,
  );

describe.each([
  ["a folder", onDisk],
  ["S3", onS3],
])("%s", (_, make) => {
  let storage: FileStorage;
  beforeEach(() => (storage = make()));
  const put = (key: string, bytes: Buffer) =>
    storage.put(key, Readable.from([bytes]), { type: "text/plain", size: bytes.length });
  const read = async (key: string, range?: { start: number; end: number }) =>
    (await buffer(await storage.get(key, range))).toString();

  it("gives back what it was given, whole and in part", async () => {
    const key = newKey();
    await put(key, Buffer.from("hello files"));
    expect(await read(key)).toBe("hello files");
    expect(await read(key, { start: 6, end: 10 })).toBe("files");
    expect(await read(key, { start: 0, end: 4 })).toBe("hello");
  });

  it("keeps every byte of a large file, in parts of any size", async () => {
    const bytes = randomBytes(12 * 1024 * 1024 + 7);
    const pieces = function* () {
      for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 13) % 200_003)
        yield bytes.subarray(at, at + size);
    };
    const key = newKey();
    await storage.put(key, Readable.from(pieces()), { type: "application/zip", size: bytes.length });
    expect(digest(await buffer(await storage.get(key)))).toBe(digest(bytes));
    const range = { start: 6_000_000, end: 6_000_999 };
    expect(digest(await buffer(await storage.get(key, range)))).toBe(digest(bytes.subarray(6_000_000, 6_001_000)));
  });

  it("keeps a thumbnail beside it, and an empty file", async () => {
    const key = newKey();
    await put(key, Buffer.alloc(0));
    await put(thumbnailKey(key), Buffer.from("small"));
    expect([await read(key), await read(thumbnailKey(key))]).toEqual(["", "small"]);
  });

  it.each([3, 7 * 1024 * 1024])("keeps nothing of what breaks off after %i bytes", async (size) => {
    const key = newKey();
    const body = new PassThrough();
    const stored = storage.put(key, body, { type: "text/plain", size: size * 2 });
    body.write(Buffer.alloc(size));
    setTimeout(() => body.destroy(new Error("cut off")), 50);
    await expect(stored).rejects.toThrow();
    expect(await refusal(storage.get(key))).toBe("not_found");
  });

  it("deletes, also what is not there", async () => {
    const key = newKey();
    await put(key, Buffer.from("hello files"));
    await storage.delete(key);
    await storage.delete(key);
    expect(await refusal(storage.get(key))).toBe("not_found");
  });

  it("takes no key but its own kind", async () => {
    for (const key of [
      "",
      "..",
      "../../etc/passwd",
      "/etc/passwd",
      `${newKey()}/..`,
      `${newKey()}\n`,
      "A".repeat(48),
    ]) {
      await expect(put(key, Buffer.from("x"))).rejects.toThrow("no key");
      await expect(storage.get(key)).rejects.toThrow("no key");
      await expect(storage.delete(key)).rejects.toThrow("no key");
    }
  });
});

describe("a folder of this machine", () => {
  it("holds complete files only, readable by the program alone", async () => {
    const own = await mkdtemp(path.join(folder, "own-"));
    const storage = onDisk({ FILES_DIRECTORY: own });
    const key = newKey();
    const body = new PassThrough();
    const stored = storage.put(key, body, text);
    body.write("hello ");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await refusal(storage.get(key))).toBe("not_found");
    expect(await readdir(path.join(own, "incoming"))).toHaveLength(1);
    body.end("files");
    await stored;
    const file = path.join(own, key.slice(0, 2), key);
    expect(await readFile(file, "utf8")).toBe("hello files");
    expect([(await stat(file)).mode & 0o777, (await stat(path.dirname(file))).mode & 0o777]).toEqual([0o600, 0o700]);
    const broken = new PassThrough();
    const refused = storage.put(newKey(), broken, text);
    broken.destroy(new Error("cut off"));
    await expect(refused).rejects.toThrow("cut off");
    expect(await readdir(path.join(own, "incoming"))).toEqual([]);
  });

  it("that is full, or not to be written to, says so and keeps nothing", async () => {
    const full = new Readable({ read: () => undefined });
    const stored = onDisk().put(newKey(), full, text);
    full.destroy(Object.assign(new Error("write"), { code: "ENOSPC" }));
    await expect(stored).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("disk is full") as string,
    });
    expect(await readdir(path.join(folder, "incoming"))).toEqual([]);
    const inTheWay = path.join(folder, "a-file");
    await writeFile(inTheWay, "");
    const blocked = onDisk({ FILES_DIRECTORY: inTheWay });
    await expect(blocked.put(newKey(), Readable.from(["x"]), text)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("has no address of its own", async () => {
    const options = { seconds: 300, type: "text/plain", disposition: "attachment", cacheControl: "private" };
    expect(await onDisk().signedUrl(newKey(), options)).toBeNull();
  });
});

describe("S3", () => {
  it("signs addresses that answer as told, for so long", async () => {
    const storage = onS3();
    const key = newKey();
    await storage.put(key, Readable.from(["hello files"]), text);
    const disposition = `attachment; filename="a b.txt"; filename*=UTF-8''a%20b.txt`;
    const options = { seconds: 300, type: "application/x-thing", disposition, cacheControl: "private, max-age=300" };
    const url = new URL((await storage.signedUrl(key, options)) ?? "");
    expect(url.searchParams.get("X-Amz-Expires")).toBe("300");
    const response = await fetch(url, { headers: { range: "bytes=6-" } });
    expect([response.status, await response.text()]).toEqual([206, "files"]);
    expect(response.headers.get("content-type")).toBe("application/x-thing");
    expect(response.headers.get("content-disposition")).toBe(disposition);
    expect(response.headers.get("cache-control")).toBe("private, max-age=300");
  });

  it("that is away is soon known to be, and in few words", async () => {
    const storage = onS3({ S3_ENDPOINT: "http://127.0.0.1:9" });
    const started = performance.now();
    const refused = storage.put(newKey(), Readable.from(["x"]), text);
    await expect(refused).rejects.toMatchObject({ code: "unavailable", retryAfter: 2 });
    expect(await refusal(storage.get(newKey()))).toBe("unavailable");
    expect(await refusal(storage.delete(newKey()))).toBe("unavailable");
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

it("uploads grow beside the files, or among temporary ones", () => {
  const folderOf = (FILES_STORAGE: "disk" | "s3") =>
    incomingFiles({ FILES_STORAGE, FILES_DIRECTORY: "/data/files" }).folder;
  expect(folderOf("disk")).toBe("/data/files/incoming");
  expect(folderOf("s3")).toBe(path.join(os.tmpdir(), "connectbest-uploads"));
});
