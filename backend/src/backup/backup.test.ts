import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import mongoose from "mongoose";
import { foundIndexes } from "../db/indexes";
import { beginRestore, endRestore, findUnfinishedRestore, refuseUnfinishedRestore } from "../db/unfinished-restore";
import { createFileStorage } from "../files-storage/create-file-storage";
import type { FileStorage } from "../files-storage/file-storage";
import { createLogger } from "../http/request-log";
import { compareSchema } from "../schema/compare-schema";
import { liveIn, type LivedIn } from "../testing/lived-in";
import { bucket, S3Server } from "../testing/s3-server";
import { testConfig } from "../testing/test-api";
import { backUp } from "./back-up";
import { keepLatest } from "./keep-latest";
import { leftOut, type Manifest } from "./manifest";
import { rawDocuments } from "./raw-documents";
import { restore } from "./restore";
import { readManifest, verifyBackup } from "./verify-backup";

type Db = mongoose.mongo.Db;
const { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } = mongoose.mongo.BSON;
const storageIn = (folder: string) =>
  createFileStorage({ ...testConfig, FILES_DIRECTORY: folder }, createLogger("silent"));

let place: LivedIn;
let temporary: string;
let source: { client: mongoose.mongo.MongoClient; db: Db; storage: FileStorage; version: string };
let made: { folder: string; manifest: Manifest };
const targets: Db[] = [];

/** An empty database, and an empty folder for files. */
function newTarget(): { db: Db; storage: FileStorage; folder: string } {
  const name = randomBytes(6).toString("hex");
  const db = source.client.db(`restored-${name}`);
  targets.push(db);
  const folder = path.join(temporary, `files-${name}`);
  return { db, storage: storageIn(folder), folder };
}

/** What a restore makes of it: nobody is signed in, and no mailed link is good. */
async function restoredContentOf(db: Db) {
  const all = await contentOf(db);
  const isToken = (hex: string) => mongoose.mongo.BSON.deserialize(Buffer.from(hex, "hex"))["kind"] === "token";
  const { sessions, mailedLinks } = all;
  if (sessions) sessions.documents = sessions.documents.filter(isToken);
  if (mailedLinks) mailedLinks.documents = [];
  return all;
}

async function contentOf(db: Db): Promise<Record<string, { documents: string[]; indexes: unknown }>> {
  const all: Record<string, { documents: string[]; indexes: unknown }> = {};
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (name in leftOut) continue;
    const documents: string[] = [];
    for await (const bytes of rawDocuments(db, name)) documents.push(bytes.toString("hex"));
    all[name] = { documents, indexes: await foundIndexes(db, name) };
  }
  return all;
}

beforeAll(async () => {
  place = await liveIn();
  temporary = await mkdtemp(path.join(os.tmpdir(), "connectbest-backup-"));
  const { db } = mongoose.connection;
  const client = mongoose.connection.getClient();
  source = { client, db: db as Db, storage: storageIn(testConfig.FILES_DIRECTORY), version: "9.9.9" };
  // Of a kind that the program does not write, in a collection that it does not know.
  const odd = new Map<string, unknown>([
    ["_id", "odd"],
    ["b", new Int32(1)],
    ["10", new Double(1)],
    ["2", Long.fromString("9007199254740993")],
    ["decimal", Decimal128.fromString("1.10")],
    ["date", new Date(-1)],
    ["binary", new Binary(Buffer.from([0, 255]), 128)],
    ["uuid", new UUID()],
    ["time", new Timestamp({ t: 1, i: 2 })],
    ["nested", [new Map([["1", null], ["0", new ObjectId()]]), /x/i]], // prettier-ignore
  ]);
  await source.db.collection("somebodys").insertOne(odd as never);
  await source.db.collection("somebodys").createIndex({ b: -1, decimal: 1 }, { name: "theirs", sparse: true });
  made = await backUp(source, path.join(temporary, "backups"));
}, 90_000);
afterAll(async () => {
  for (const db of targets) await db.dropDatabase();
  await place.api.close();
  await rm(temporary, { recursive: true, force: true });
});

describe("a backup", () => {
  it("puts every document, index and file into another place, byte by byte", async () => {
    const target = newTarget();
    await restore(target, made.folder);
    const [before, after] = [await restoredContentOf(source.db), await contentOf(target.db)];
    const counts = Object.values(before).map(({ documents }) => documents.length);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(25);
    expect(after).toEqual(before);
    expect(made.manifest.files.length).toBeGreaterThan(3);
    expect(made.manifest.files.some(({ key }) => key.endsWith("-thumbnail"))).toBe(true);
    for (const { key, bytes } of made.manifest.files) {
      const [there, here] = [await source.storage.get(key), await target.storage.get(key)];
      const copy = await buffer(here);
      expect(copy.length).toBe(bytes);
      expect(copy.equals(await buffer(there))).toBe(true);
    }
    expect(await findUnfinishedRestore(target.db)).toBeUndefined();
    // The search index is made again, its collections are there.
    const differences = await compareSchema(target.db);
    expect(differences).toEqual([{ kind: "unknown collection", collection: "somebodys", detail: "" }]);
  }, 60_000);

  it("signs nobody in again: a session that was ended since stays so", async () => {
    const kinds = (db: Db) => db.collection("sessions").distinct("kind");
    expect((await kinds(source.db)).sort()).toEqual(["session", "token"]);
    const target = newTarget();
    const told: string[] = [];
    await restore(target, made.folder, { say: (line) => told.push(line) });
    expect(await kinds(target.db)).toEqual(["token"]);
    expect(await target.db.collection("mailedLinks").countDocuments()).toBe(0);
    const tokens = await source.db.collection("sessions").countDocuments({ kind: "token" });
    expect(told).toContain(
      `${tokens} personal access tokens are good again: those revoked since have to be revoked anew.`,
    );
  }, 60_000);

  it("says what it holds, and of what moment; its files are for their owner alone", async () => {
    const manifest = await readManifest(made.folder);
    expect(manifest).toMatchObject({ format: 1, version: "9.9.9", missingFiles: [] });
    expect(manifest.migrations).toContain("0003-burnt-tickets");
    expect(["transaction", "snapshot"]).toContain(manifest.consistency);
    for (const name of Object.keys(leftOut)) expect(manifest.collections.map((one) => one.name)).not.toContain(name);
    expect(await readdir(path.dirname(made.folder))).toEqual([path.basename(made.folder)]);
  });

  it("goes into no database that has something in it, unless told to replace it", async () => {
    const target = newTarget();
    await target.db.collection("messages").insertOne({ content: "mine" });
    await target.db.collection("theirs").insertMany([{}, {}]);
    await expect(restore(target, made.folder)).rejects.toThrow(
      "The database is not empty:\n  messages: 1 documents\n  theirs: 2 documents\nWith --replace",
    );
    expect(await target.db.collection("messages").countDocuments()).toBe(1);
    const told: string[] = [];
    await restore(target, made.folder, { isReplacing: true, say: (line) => told.push(line) });
    expect(told.join()).toContain("theirs: 2 documents");
    expect(await contentOf(target.db)).toEqual(await restoredContentOf(source.db));
  }, 60_000);

  it("whose restore was broken off goes in when it is repeated; the API does not serve what is there meanwhile", async () => {
    const target = newTarget();
    let puts = 0;
    const failing: FileStorage = {
      get: (key, range) => target.storage.get(key, range),
      delete: (key) => target.storage.delete(key),
      signedUrl: async () => null,
      put: (key, body, about) => {
        if (++puts > 2) throw new Error("the disk is full");
        return target.storage.put(key, body, about);
      },
    };
    await expect(restore({ db: target.db, storage: failing }, made.folder)).rejects.toThrow("the disk is full");
    await expect(refuseUnfinishedRestore(target.db)).rejects.toThrow("is not finished");
    // It would look whole, and take the place of one that is.
    const half = path.join(temporary, "half");
    await expect(backUp({ ...source, ...target }, half)).rejects.toThrow("is not finished");
    expect(await readdir(half)).toEqual([]);
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(restore(target, made.folder, { signal: stopped })).rejects.toThrow("stopped");
    await restore(target, made.folder);
    await refuseUnfinishedRestore(target.db);
    expect(await contentOf(target.db)).toEqual(await restoredContentOf(source.db));
  }, 60_000);

  it("moves files from a folder to S3, and from there to a folder", async () => {
    const server = await S3Server.start();
    try {
      const place = { FILES_STORAGE: "s3" as const, FILES_BUCKET: bucket, S3_ENDPOINT: server.endpoint };
      const inS3 = createFileStorage({ ...testConfig, ...place }, createLogger("silent"));
      await restore({ db: newTarget().db, storage: inS3 }, made.folder);
      const { folder, manifest } = await backUp({ ...source, storage: inS3 }, path.join(temporary, "from-s3"));
      expect(manifest.files).toEqual(made.manifest.files);
      expect(manifest.missingFiles).toEqual([]);
      await restore(newTarget(), folder);
      const lost = manifest.files[0]?.key ?? "";
      await inS3.delete(lost);
      const second = await backUp({ ...source, storage: inS3 }, path.join(temporary, "from-s3"));
      expect(second.manifest.missingFiles).toEqual([lost]);
    } finally {
      await server.stop();
    }
  }, 60_000);

  it("that is broken off leaves nothing behind", async () => {
    const parent = path.join(temporary, "broken-off");
    const storage: FileStorage = { ...source.storage, get: () => Promise.reject(new Error("S3 is away")) };
    await expect(backUp({ ...source, storage }, parent)).rejects.toThrow("S3 is away");
    expect(await readdir(parent)).toEqual([]);
  });

  it("leaves another that was begun in the same moment alone", async () => {
    const parent = path.join(temporary, "twins");
    const clock = jest.spyOn(Date.prototype, "toISOString").mockReturnValue("2026-01-31T12:00:00.000Z");
    const ended = await Promise.allSettled([backUp(source, parent), backUp(source, parent)]);
    clock.mockRestore();
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const names = await readdir(parent);
    expect(names).toEqual(["connectbest-20260131T120000000Z"]);
    await verifyBackup(path.join(parent, names[0] ?? ""));
  });

  it("is given up when a restore begins meanwhile", async () => {
    const parent = path.join(temporary, "overtaken");
    const get: FileStorage["get"] = async (key) => {
      await beginRestore(source.db, "another");
      return source.storage.get(key);
    };
    try {
      await expect(backUp({ ...source, storage: { ...source.storage, get } }, parent)).rejects.toThrow("not finished");
    } finally {
      await endRestore(source.db);
    }
    expect(await readdir(parent)).toEqual([]);
  });

  it("names files whose bytes are lost, and keeps everything else", async () => {
    const own = path.join(temporary, "one-lost");
    await cp(testConfig.FILES_DIRECTORY, own, { recursive: true });
    const lost = made.manifest.files[0]?.key ?? "";
    await storageIn(own).delete(lost);
    const { manifest } = await backUp({ ...source, storage: storageIn(own) }, path.join(temporary, "with-a-gap"));
    expect(manifest.missingFiles).toEqual([lost]);
    expect(manifest.files).toHaveLength(made.manifest.files.length - 1);
  });
});

describe("a damaged backup", () => {
  let copy: string;
  beforeEach(async () => {
    copy = path.join(temporary, `copy-${randomBytes(4).toString("hex")}`);
    await cp(made.folder, copy, { recursive: true });
  });

  /** Every file of it, with the parts that begin and end one. */
  const partNames = () => [
    "manifest.json",
    "manifest.sha256",
    "collections/messages.bson.gz",
    "collections/pins.bson.gz",
    filePath(),
  ];
  const filePath = () => `files/${made.manifest.files[0]?.key.slice(0, 2)}/${made.manifest.files[0]?.key}`;

  it("is found by any one byte that is another", async () => {
    for (const name of partNames()) {
      const file = path.join(copy, name);
      const whole = await readFile(file);
      for (const at of [0, 4, 9, whole.length >> 1, whole.length - 1].filter((i) => i < whole.length)) {
        const flipped = Buffer.from(whole);
        flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
        await writeFile(file, flipped);
        await expect(verifyBackup(copy)).rejects.toThrow("is damaged");
      }
      await writeFile(file, whole);
      await verifyBackup(copy);
    }
  });

  it("is refused when something is cut off or gone, before anything is removed for it", async () => {
    const target = newTarget();
    await target.db.collection("messages").insertOne({ content: "mine" });
    const messages = path.join(copy, "collections/messages.bson.gz");
    await truncate(messages, 100);
    const replacing = { isReplacing: true };
    await expect(restore(target, copy, replacing)).rejects.toThrow("collections/messages.bson.gz is not what it was");
    await rm(messages);
    await expect(restore(target, copy, replacing)).rejects.toThrow("collections/messages.bson.gz is missing");
    await rm(path.join(copy, "manifest.sha256"));
    await expect(restore(target, copy, replacing)).rejects.toThrow("is no whole backup");
    expect(await target.db.collection("messages").countDocuments()).toBe(1);
  });

  it("so is one of a later format, and a folder that is none", async () => {
    const { createHash } = await import("node:crypto");
    const text = JSON.stringify({ ...made.manifest, format: 2, whatever: "is new" });
    await writeFile(path.join(copy, "manifest.json"), text);
    const sha256 = createHash("sha256").update(text).digest("hex");
    await writeFile(path.join(copy, "manifest.sha256"), `${sha256}  manifest.json\n`);
    await expect(restore(newTarget(), copy)).rejects.toThrow("made by a newer version");
    await expect(restore(newTarget(), temporary)).rejects.toThrow("is no whole backup");
  });
});

it("a backup made while people write is of one moment", async () => {
  const { api, root } = place;
  const channels = await Promise.all([1, 2, 3].map(() => api.createChannel(root)));
  let isWriting = true;
  let posted = 0;
  const writers = channels.map(async ({ id }) => {
    for (; isWriting; posted++) await api.post(root, id, `message ${posted}`);
  });
  for (const before = Date.now(); Date.now() - before < 300;) await new Promise((resolve) => setTimeout(resolve, 20));
  const atStart = posted;
  const { folder } = await backUp(source, path.join(temporary, "busy"));
  const during = posted - atStart;
  isWriting = false;
  await Promise.all(writers);
  expect(during).toBeGreaterThan(3);
  const target = newTarget();
  await restore(target, folder);
  for (const { id } of channels) {
    const channelId = new ObjectId(id);
    const channel = await target.db.collection("channels").findOne({ _id: channelId });
    const messages = await target.db.collection("messages").find({ channelId }).sort({ rev: 1 }).toArray();
    expect(messages.length).toBeGreaterThan(1);
    expect({ rev: channel?.["rev"] as unknown, count: channel?.["messageCount"] as unknown }).toEqual({
      rev: messages.at(-1)?.["rev"] as unknown,
      count: messages.at(-1)?.["position"] as unknown,
    });
    expect(channel?.["lastMessage"]).toMatchObject({ id: messages.at(-1)?.["_id"] as unknown });
  }
}, 60_000);

it("the latest backups are kept, and what is not one is left alone", async () => {
  const parent = path.join(temporary, "kept");
  const names = ["20260101T000000000Z", "20260102T000000000Z", "20260103T000000000Z"].map((at) => `connectbest-${at}`);
  for (const name of [...names, "holiday-pictures", ".connectbest-20260104T000000000Z.partial"])
    await mkdir(path.join(parent, name), { recursive: true });
  expect(await keepLatest(parent, 2, names[2] ?? "")).toEqual([names[0]]);
  expect((await readdir(parent)).sort()).toEqual(
    [".connectbest-20260104T000000000Z.partial", ...names.slice(1), "holiday-pictures"].sort(),
  );
});

it("the backup just made is kept, also beside one of a time when the clock was ahead", async () => {
  const parent = path.join(temporary, "clock-ahead");
  const [made, ahead] = ["connectbest-20260101T000000000Z", "connectbest-20990101T000000000Z"];
  for (const name of [made, ahead]) await mkdir(path.join(parent, name), { recursive: true });
  expect(await keepLatest(parent, 1, made)).toEqual([ahead]);
  expect(await readdir(parent)).toEqual([made]);
});
