import { readFileSync, statSync, writeFileSync } from "node:fs";
import { routes, type ErrorBody } from "@connectbest/contract";
import mongoose from "mongoose";
import { System, until } from "../src/system";
import { Crowd } from "./crowd";
import { say } from "./length";
import { OwnDatabase } from "./own-database";

let database: OwnDatabase;
let system: System;
beforeAll(async () => {
  database = await OwnDatabase.prepare();
  await database.start();
  system = await System.start({ FRONTEND: "off", MONGODB_URI: database.uri });
}, 120_000);
afterAll(async () => {
  Crowd.dismiss();
  await system?.stop();
  await database?.remove();
});

it("15. the disk full: writes are refused before they are acknowledged, reads go on, nothing is corrupt after a restart", async () => {
  const crowd = await Crowd.gather(system, { listeners: 0 });
  const [reader] = crowd.members;
  if (!reader) throw new Error("nobody");
  crowd.start();
  await crowd.moreAcknowledged();

  // As full as if the disk ended a little behind the file.
  await database.end("SIGTERM");
  await database.start(statSync(database.file).size + 600_000);
  // First it is back: what was refused while it was away says nothing of the disk.
  await crowd.moreAcknowledged(20, 60_000);
  await until("a write is refused", () => crowd.attempts.slice(-6).every(({ status }) => status === 503), 60_000);
  await until("it is said why", async () => {
    const draft = { params: { channelId: crowd.channel.id }, body: { content: "no room for this" } };
    const { body } = await reader.rest.send(routes.saveDraft, draft);
    return (body as Partial<ErrorBody>).error?.includes("disk is full or failing") ?? false;
  });
  say(`15: ${crowd.acknowledged.length} acknowledged before the disk was full`);
  for (let i = 0; i < 5; i++) {
    const known = crowd.acknowledged.length;
    expect((await reader.readAll(crowd.channel.id)).length).toBeGreaterThanOrEqual(known);
    expect((await reader.rest.send(routes.listChannels)).status).toBe(200);
  }
  say(`15: attempts not acknowledged: ${JSON.stringify(crowd.failures)}`);

  await database.end("SIGKILL");
  await database.start();
  await crowd.moreAcknowledged(20, 60_000);
  await crowd.judge();
}, 180_000);

/** Bytes of a page of LMDB; the first two are meta pages, written in turn, each naming a whole tree of pages. */
const pageSize = 4096;
const metaPages = 2;

/**
 * The file as a power cut leaves it in the middle of the last commit: pages of `after` that `before` has not are written by half, and
 * the meta page that would have named them not at all.
 */
function torn(before: Buffer, after: Buffer): { file: Buffer; tornPages: number } {
  const file = Buffer.from(after);
  let tornPages = 0;
  for (let start = 0; start < after.length; start += pageSize) {
    const [old, now] = [before.subarray(start, start + pageSize), after.subarray(start, start + pageSize)];
    if (old.equals(now)) continue;
    if (start < metaPages * pageSize) file.set(old, start);
    else {
      file.fill(0xff, start + pageSize / 2, start + pageSize);
      tornPages++;
    }
  }
  return { file, tornPages };
}

it("15. a torn last record: the database starts with everything before it, and goes on", async () => {
  const own = await OwnDatabase.prepare();
  const open = () => mongoose.createConnection(own.uri).asPromise();
  type Row = { _id: number; text: string };
  try {
    await own.start();
    let connection = await open();
    let rows = connection.collection<Row>("rows");
    await rows.createIndex({ text: 1 }, { unique: true });
    for (let i = 0; i < 200; i++) await rows.insertOne({ _id: i, text: `row ${i} `.repeat(50) });
    const before = readFileSync(own.file);
    await rows.insertOne({ _id: 200, text: "the last ".repeat(50) });
    const after = readFileSync(own.file);
    await connection.close();
    await own.end("SIGKILL");

    const { file, tornPages } = torn(before, after);
    expect(tornPages).toBeGreaterThan(0);
    writeFileSync(own.file, file);
    await own.start();
    connection = await open();
    rows = connection.collection<Row>("rows");
    const expected = Array.from({ length: 200 }, (_, i) => i);
    expect((await rows.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual(expected);
    const byIndex = await rows
      .find({ text: { $gte: "" } })
      .hint("text_1")
      .toArray();
    expect(byIndex.map(({ _id }) => _id).sort((a, b) => a - b)).toEqual(expected);
    for (let i = 200; i < 400; i++) await rows.insertOne({ _id: i, text: `again ${i} `.repeat(50) });
    await connection.close();
    await own.end("SIGKILL");
    await own.start();
    connection = await open();
    expect(await connection.collection<Row>("rows").countDocuments()).toBe(400);
    await connection.close();
  } finally {
    await own.remove();
  }
}, 60_000);
