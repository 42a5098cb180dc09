import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { MongoClient, type Db } from "mongodb";
import { OwnDatabase } from "../faults/own-database";
import { DataProgram, runData } from "../src/data-program";
import { Person } from "../src/rest-client";
import { root, System, until } from "../src/system";

let temporary: string;
let database: OwnDatabase;
let client: MongoClient;
beforeAll(async () => {
  temporary = mkdtempSync(path.join(os.tmpdir(), "connectbest-moving-"));
  database = await OwnDatabase.prepare();
  await database.start();
  client = await new MongoClient(database.uri).connect();
}, 60_000);
afterAll(async () => {
  await client.close();
  await database.remove();
  rmSync(temporary, { recursive: true, force: true });
});

/** A database of that name on the server of this file, and the environment that names it. */
function at(name: string): { db: Db; environment: Record<string, string> } {
  const uri = database.uri.replace("/connectbest?", `/${name}?`);
  return { db: client.db(name), environment: { MONGODB_URI: uri, FILES_DIRECTORY: path.join(temporary, name) } };
}

describe("db:init and db:migrate", () => {
  it("make an empty database ready, and a ready one nothing else", async () => {
    const { environment } = at("fresh");
    const compared = await runData("db-compare-schema", [], environment);
    expect([compared.status, compared.out]).toEqual([1, expect.stringContaining("missing collection  users")]);
    const first = await runData("db-init", [], environment);
    expect(first).toMatchObject({
      status: 0,
      out: expect.stringContaining("made messages\n  index channelId_1_parentId_1_seq_1") as string,
    });
    expect(first.out).toContain("ran 0002-messaging");
    const again = await runData("db-init", [], environment);
    expect(again).toMatchObject({
      status: 0,
      out: expect.stringContaining("0 collections and 0 indexes were made, 0 migrations ran") as string,
    });
    expect(again.out.trim().split("\n")).toHaveLength(1);
    expect(await runData("migrate", [], environment)).toMatchObject({ status: 0, out: "Nothing to migrate.\n" });
    expect((await runData("migrate", ["--status"], environment)).out).toMatch(
      /^0001-accounts {2}done .*\n0002-messaging {2}done /,
    );
    expect(await runData("db-compare-schema", [], environment)).toMatchObject({ status: 0 });
  }, 60_000);

  it("say in a sentence what is in the way, and never a password", async () => {
    const nobody = "mongodb://mira:s3cret@127.0.0.1:9/chat?replicaSet=rs0";
    const cases: [string, string[], Record<string, string>, number, RegExp][] = [
      ["db-init", [], { MONGODB_URI: nobody }, 1, /^No database answers at 127\.0\.0\.1:9\./],
      ["db-compare-schema", ["--json"], { MONGODB_URI: nobody }, 2, /^No database answers at 127\.0\.0\.1:9\./],
      ["migrate", [], {}, 1, /MONGODB_URI: is not set/],
      ["db-init", [], { MONGODB_URI: "postgres://mira:s3cret@x/" }, 1, /MONGODB_URI: must start with mongodb:/],
      ["db-init", [], { MONGODB_URI: database.uri.replace("rs0", "rs7") }, 1, /is not of the replica set/],
      ["backup", [], { MONGODB_URI: database.uri }, 1, /It takes 1 argument\.\nUsage: npm run backup/],
      ["backup", ["x", "--keep", "none"], { MONGODB_URI: database.uri }, 1, /--keep takes how many/],
      ["backup", ["x"], { MONGODB_URI: database.uri, FILES_STORAGE: "s3" }, 1, /FILES_BUCKET: is not set/],
      ["restore", [temporary], { MONGODB_URI: database.uri }, 1, /is no whole backup/],
    ];
    for (const [name, args, environment, status, sentence] of cases) {
      const ended = await runData(name, args, environment);
      expect({ name, status: ended.status, err: ended.err }).toEqual({
        name,
        status,
        err: expect.stringMatching(sentence) as string,
      });
      expect(ended.err + ended.out).not.toMatch(/s3cret|\n {4}at /);
    }
  }, 90_000);

  it("say which index cannot be made, and why", async () => {
    const { db, environment } = at("twins");
    await db.collection("users").insertMany([{ email: "one@example.com" }, { email: "one@example.com" }]);
    const ended = await runData("db-init", [], environment);
    expect(ended.status).toBe(1);
    expect(ended.err).toBe(
      "The index email_1 of users cannot be made: documents that are there already break it. Correct them, then try again.\n",
    );
  }, 30_000);

  it("say why a file cannot be read", async () => {
    const { db, environment } = at("unreadable");
    const key = "ab".repeat(24);
    await db.collection("files").insertOne({ key, type: "text/plain", status: "ready", hasThumbnail: false });
    const files = environment["FILES_DIRECTORY"] ?? "";
    mkdirSync(files);
    writeFileSync(path.join(files, "ab"), "no folder");
    const ended = await runData("backup", [path.join(temporary, "unreadable-backups")], environment);
    expect([ended.status, ended.out]).toEqual([1, ""]);
    expect(ended.err).toContain("ENOTDIR");
  }, 30_000);

  it("export the schema that is committed, without a database", async () => {
    const { status, out } = await runData("db-export-schema", [], {});
    expect([status, out]).toEqual([0, readFileSync(path.join(root, "backend/schema.json"), "utf8")]);
  }, 30_000);
});

describe("a migration that is killed", () => {
  it("goes on where it was, in the process that waited", async () => {
    const { db, environment } = at("large");
    await db
      .collection("users")
      .insertMany(Array.from({ length: 60_000 }, (_, i) => ({ email: `${i}@example.com`, username: `p${i}` })));
    const first = new DataProgram("migrate", [], environment);
    await until("it has come some way", () => /0001-accounts: [1-9]\d{3,} documents so far/.test(first.err), 60_000);
    const second = new DataProgram("migrate", [], environment);
    await until("the other waits", () => second.err.includes("Another process is migrating"), 30_000);
    first.child.kill("SIGKILL");
    expect((await first.ended).signal).toBe("SIGKILL");
    const place = (
      await db.collection<{ _id: string; place?: { documents: number } }>("migrations").findOne({ _id: "under way" })
    )?.place;
    expect(place?.documents).toBeGreaterThanOrEqual(1000);
    expect(place?.documents).toBeLessThan(60_000);
    expect((await runData("migrate", ["--status"], environment)).out).toMatch(
      /0001-accounts {2}pending, begun: \d+ documents so far/,
    );
    const { status, err } = await second.ended;
    expect(status).toBe(0);
    // It began after the last batch that was noted.
    expect(err).toContain(`0001-accounts: ${(place?.documents ?? 0) + 500} documents so far`);
    expect(err).not.toContain(`0001-accounts: ${place?.documents} documents so far`);
    // The batch that was under way may have been done and not noted: then nothing of it was left to do.
    expect(err).toMatch(/0001-accounts: done, (59500|60000) documents/);
    expect(await db.collection("users").countDocuments({ status: "online", accessRev: 0 })).toBe(60_000);
  }, 150_000);

  it("stops between two batches when it is asked to, and goes on at once when it is run again", async () => {
    const { db, environment } = at("stopped");
    await db
      .collection("users")
      .insertMany(Array.from({ length: 30_000 }, (_, i) => ({ email: `${i}@example.com`, username: `p${i}` })));
    const first = new DataProgram("migrate", [], environment);
    await until("it has come some way", () => /0001-accounts: \d+ documents so far/.test(first.err), 60_000);
    first.child.kill("SIGTERM");
    expect(await first.ended).toMatchObject({
      status: 1,
      err: expect.stringMatching(/Stopped by SIGTERM\.\n$/) as string,
    });
    const done = await db.collection("users").countDocuments({ status: "online" });
    expect(done % 500).toBe(0);
    expect(done).toBeLessThan(30_000);
    const again = await runData("migrate", [], environment);
    expect(again).toMatchObject({
      status: 0,
      err: expect.stringContaining("0001-accounts: done, 30000 documents") as string,
    });
    expect(again.err).not.toContain("Another process");
  }, 90_000);
});

describe("a backup that is killed", () => {
  it("leaves nothing that a restore takes, and the one before stays", async () => {
    const { db, environment } = at("crowded");
    await runData("db-init", [], environment);
    const text = "x".repeat(500);
    for (let n = 0; n < 100; n++)
      await db.collection("somebodys").insertMany(Array.from({ length: 2000 }, (_, i) => ({ n: n * 2000 + i, text })));
    const folder = path.join(temporary, "killed");
    const program = new DataProgram("backup", [folder], environment);
    await until("it has come some way", () => program.err.includes("documents so far"), 60_000);
    program.child.kill("SIGKILL");
    expect((await program.ended).signal).toBe("SIGKILL");
    const [left = "", ...others] = readdirSync(folder);
    expect([left, others]).toEqual([expect.stringMatching(/^\.connectbest-\d{8}T\d{9}Z\.partial$/), []]);
    const restored = at("from-killed");
    const refused = await runData("restore", [path.join(folder, left)], restored.environment);
    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining("is no whole backup") as string });
    expect(await restored.db.listCollections().toArray()).toEqual([]);

    for (let n = 0; n < 3; n++) expect((await runData("backup", [folder, "--keep", "2"], environment)).status).toBe(0);
    const whole = readdirSync(folder).filter((name) => !name.startsWith("."));
    expect(whole).toHaveLength(2);
    const backup = path.join(folder, whole[1] ?? "");
    expect((await runData("restore", ["--verify-only", backup], {})).out).toContain("is whole");

    const broken = new DataProgram("restore", [backup], restored.environment);
    await until("it has come some way", () => broken.err.includes("documents so far"), 60_000);
    broken.child.kill("SIGKILL");
    await broken.ended;
    for (const [name, ...args] of [["migrate"], ["db-init"], ["backup", folder]])
      expect(await runData(name ?? "", args, restored.environment)).toMatchObject({
        status: 1,
        err: expect.stringContaining(`A restore of ${whole[1]} is not finished. Run it again;`) as string,
      });
    const again = await runData("restore", [backup], restored.environment);
    expect(again).toMatchObject({
      status: 0,
      err: expect.stringContaining("was broken off here; beginning anew") as string,
    });
    expect(await restored.db.collection("somebodys").countDocuments()).toBe(200_000);
    expect((await runData("db-compare-schema", ["--json"], restored.environment)).out).toContain(
      '"unknown collection"',
    );
  }, 180_000);
});

describe("the system of npm start", () => {
  it("is backed up while it runs, and goes on elsewhere with everything in it", async () => {
    const system = await System.start({ FRONTEND: "off" });
    const elsewhere = await System.prepare({ FRONTEND: "off" });
    try {
      const ada = await Person.signUp(system, "Ada Lovelace");
      const channel = await ada.createChannel("kept");
      for (let n = 0; n < 30; n++) await ada.post(channel.id, `message ${n}`);
      const files = (folder: string) => ({ FILES_DIRECTORY: path.join(folder, "files") });
      const form = new FormData();
      form.append("file", new Blob(["hello files"], { type: "text/plain" }), "notes.txt");
      const headers = { authorization: `Bearer ${ada.rest.token}` };
      const upload = await fetch(`${system.api}/upload`, { method: "POST", headers, body: form });
      expect(upload.status).toBe(201);
      const backups = path.join(temporary, "system");
      const made = await runData("backup", [backups], { MONGODB_URI: system.databaseUri, ...files(system.folder) });
      expect(made).toMatchObject({ status: 0, out: expect.stringContaining(" 1 files.") as string });
      await ada.post(channel.id, "said after the backup");

      // The database alone, as it is before the rest of a new place is started.
      const own = await OwnDatabase.prepare();
      await own.start();
      const [name = ""] = readdirSync(backups);
      const environment = { MONGODB_URI: own.uri, ...files(elsewhere.folder) };
      const restored = await runData("restore", [path.join(backups, name)], environment);
      expect(restored).toMatchObject({ status: 0, out: expect.stringContaining("1 files") as string });
      elsewhere.environment["MONGODB_URI"] = own.uri;
      await elsewhere.start();
      const again = await Person.signIn(elsewhere.api, ada.email, ada.password);
      const messages = await again.readAll(channel.id);
      expect(messages.filter(({ type }) => type === "user").map(({ content }) => content)).toEqual(
        Array.from({ length: 30 }, (_, n) => `message ${n}`),
      );
      const { file } = (await upload.json()) as { file: { url: string } };
      const read = await fetch(`${elsewhere.api.replace(/\/api$/, "")}${new URL(file.url, system.api).pathname}`, {
        headers: { authorization: `Bearer ${again.rest.token}` },
      });
      expect([read.status, await read.text()]).toEqual([200, "hello files"]);
      expect((await again.post(channel.id, "and on")).seq).toBe((messages.at(-1)?.seq ?? 0) + 1);
      await elsewhere.stop();
      await own.remove();
    } finally {
      await system.stop();
    }
  }, 180_000);
});
