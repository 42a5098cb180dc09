import { existsSync, readdirSync } from "node:fs";
import { createServer, request, type ClientRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { routes } from "@connectbest/contract";
import supertest from "supertest";
import { mp4, webm } from "../../testing/films";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { readFile, sendFile, uploadFile } from "../../testing/upload";
import { FileModel } from "./files.model";

let api: TestApi;
let ada: Account;
let server: Server;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
  server = createServer(api.app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});

const incoming = path.join(testConfig.FILES_DIRECTORY, "incoming");
const left = () => (existsSync(incoming) ? readdirSync(incoming) : []);
const megabyte = 1024 * 1024;
const until = async (condition: () => boolean) => {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe("an upload", () => {
  it.each([
    ["notes.txt", Buffer.from("hello"), "text/plain"],
    ["page.html", Buffer.from("<script>alert(1)</script>"), "text/plain"],
    ["x.svg", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "text/plain"],
    ["main.ts", Buffer.from("export {};"), "text/plain"],
    ["report.pdf", Buffer.from("%PDF-1.7\n\xe2\xe3", "latin1"), "application/pdf"],
    ["all.zip", Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(40)]), "application/zip"],
    ["data.bin", Buffer.from([0, 1, 2, 3]), "application/octet-stream"],
  ])("of %s comes back to be saved, byte for byte", async (name, bytes, type) => {
    const file = await uploadFile(api, ada, { bytes, name });
    expect(file).toEqual({
      id: file.id,
      name,
      size: bytes.length,
      type,
      url: `/api/files/${file.id}`,
      thumbnailUrl: null,
      width: null,
      height: null,
    });
    const saved = await readFile(api, ada, file.url);
    expect(saved.headers).toMatchObject({
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "content-length": String(bytes.length),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect((saved.body as Buffer).equals(bytes)).toBe(true);
  });

  it.each([
    ["film.mp4", mp4({ width: 640, height: 360 }), "video/mp4", [640, 360]],
    ["voice.m4a", mp4({ width: 0, height: 0 }), "audio/mp4", [null, null]],
    ["film.webm", webm({ width: 320, height: 180 }), "video/webm", [320, 180]],
    ["voice.webm", webm(null), "audio/webm", [null, null]],
  ])("of %s is played where it stands", async (name, bytes, type, size) => {
    const file = await uploadFile(api, ada, { bytes, name });
    expect([file.type, [file.width, file.height], file.thumbnailUrl]).toEqual([type, size, null]);
    const played = await readFile(api, ada, file.url);
    expect(played.headers["content-disposition"]).toBe(`inline; filename="${name}"`);
    expect(played.headers["content-security-policy"]).toMatch(/^default-src 'none';.*; sandbox allow-same-origin$/);
  });

  it.each([
    ["HTML that is called a picture", "me.png", "image/png", Buffer.from("<html><script>alert(1)</script>")],
    ["SVG that is declared one", "me", "image/jpeg", Buffer.from("<svg/>")],
    ["a picture's beginning and a script", "x.gif", "image/gif", Buffer.from("GIF89a=1;alert(1)//")],
    ["PDF that is called a film", "x.mp4", "video/mp4", Buffer.from("%PDF-1.7\n")],
    ["a film that is called a picture", "x.png", "image/png", mp4({ width: 9, height: 9 })],
  ])("that is a lie is refused: %s", async (_, name, type, bytes) => {
    const refused = await sendFile(api, ada, { bytes, name, type });
    expect([refused.status, refused.body]).toEqual([415, expect.objectContaining({ code: "unsupported_type" })]);
  });

  it.each([
    ["../../../etc/passwd", "passwd"],
    ["日本語 (最終).txt", "日本語 (最終).txt"],
    [`${"x".repeat(1024)}.txt`, `${"x".repeat(251)}.txt`],
  ])("may be called anything: %s", async (sent, name) => {
    const file = await uploadFile(api, ada, { bytes: Buffer.from("x"), name: sent });
    expect(file.name).toBe(name);
    const { headers } = await readFile(api, ada, file.url);
    expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(headers["content-disposition"] ?? "")?.[1] ?? name)).toBe(
      name,
    );
  });

  it("that is empty, no form, no file or another field is refused in words", async () => {
    const post = () => supertest(api.app).post("/api/upload").set("authorization", `Bearer ${ada.token}`);
    expect((await sendFile(api, ada, { bytes: Buffer.alloc(0) })).status).toBe(400);
    expect((await post().send({ file: "x" })).status).toBe(415);
    expect((await post().field("file", "no file")).status).toBe(400);
    expect((await post().attach("other", Buffer.from("x"), "x.txt")).status).toBe(400);
    expect(
      (await post().attach("file", Buffer.from("x"), "x.txt").attach("file", Buffer.from("y"), "y.txt")).status,
    ).toBe(400);
    expect(left()).toEqual([]);
  });

  it("leaves nothing behind of what it did not keep", async () => {
    const before = await FileModel.countDocuments();
    await sendFile(api, ada, { bytes: Buffer.from("<html>"), name: "x.png" });
    await sendFile(api, ada, { bytes: Buffer.from("\x89PNG\r\n\x1a\n\0\0", "latin1"), name: "x.png" });
    expect([left(), await FileModel.countDocuments()]).toEqual([[], before]);
  });

  it("of 50 MB is taken, a byte more is not", async () => {
    const bytes = Buffer.alloc(50 * megabyte, "x");
    expect((await uploadFile(api, ada, { bytes, name: "most.txt" })).size).toBe(bytes.length);
    const refused = await sendFile(api, ada, { bytes: Buffer.concat([bytes, Buffer.from("x")]), name: "more.txt" });
    expect([refused.status, (refused.body as { error: string }).error]).toEqual([
      413,
      "The file is larger than 50 MB.",
    ]);
    await until(() => left().length === 0);
    expect(left()).toEqual([]);
  }, 60_000);
});

const boundary = "----of-the-test";
const opening = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n\r\n`;
const closing = `\r\n--${boundary}--\r\n`;

function begin(headers: Record<string, string> = {}) {
  const call = request({
    port: (server.address() as AddressInfo).port,
    method: "POST",
    path: "/api/upload",
    headers: {
      authorization: `Bearer ${ada.token}`,
      "content-type": `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
  });
  const status = new Promise<number | undefined>((resolve) => {
    call.once("response", (response) => resolve(response.resume().statusCode));
    call.once("error", () => resolve(undefined));
  });
  return { call, status };
}

/** Resolves when there is room for more. */
const write = (call: ClientRequest, bytes: Buffer) =>
  new Promise<void>((resolve) => (call.write(bytes) ? setImmediate(resolve) : call.once("drain", resolve)));

describe("an upload that does not end well", () => {
  it("is forgotten when the line is cut", async () => {
    const before = await FileModel.countDocuments();
    const { call } = begin();
    call.write(opening + "x".repeat(100_000));
    await until(() => left().length === 1);
    expect(left()).toHaveLength(1);
    call.destroy();
    await until(() => left().length === 0);
    expect([left(), await FileModel.countDocuments()]).toEqual([[], before]);
  });

  it("is refused when the form breaks off", async () => {
    const { call, status } = begin();
    call.write(`${opening}half a file`);
    // Seen first: a file that is still to come looks like one that is gone.
    await until(() => left().length === 1);
    expect(left()).toHaveLength(1);
    call.end();
    expect(await status).toBe(400);
    await until(() => left().length === 0);
    expect(left()).toEqual([]);
  });

  it("is refused before it is sent, when it says how long it is", async () => {
    const started = performance.now();
    const { call, status } = begin({ "content-length": "4294967296" });
    call.write(opening);
    expect(await status).toBe(413);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(left()).toEqual([]);
  });

  it("is cut off at 50 MB when it does not", async () => {
    const { call, status } = begin();
    let isAnswered = false;
    void status.then(() => (isAnswered = true));
    call.write(opening);
    let sent = 0;
    for (; sent < 200 * megabyte && !isAnswered; sent += megabyte)
      await Promise.race([write(call, Buffer.alloc(megabyte)), status]);
    expect(sent).toBeLessThan(80 * megabyte);
    expect([413, undefined]).toContain(await status);
    await until(() => left().length === 0);
    expect(left()).toEqual([]);
  }, 60_000);

  it("that comes drop by drop is ended by the server's own clock", async () => {
    const impatient = createServer({ requestTimeout: 300, connectionsCheckingInterval: 50 }, api.app);
    await new Promise<void>((resolve) => impatient.listen(0, "127.0.0.1", resolve));
    const { call, status } = begin();
    const slow = request({
      port: (impatient.address() as AddressInfo).port,
      method: "POST",
      path: "/api/upload",
      headers: { authorization: `Bearer ${ada.token}`, "content-type": `multipart/form-data; boundary=${boundary}` },
    });
    slow.on("error", () => undefined);
    const ended = new Promise((resolve) => slow.once("close", resolve));
    slow.write(opening);
    const drops = setInterval(() => slow.write("x"), 20);
    await ended;
    clearInterval(drops);
    call.end(opening + closing);
    await status;
    await until(() => left().length === 0);
    expect(left()).toEqual([]);
    await new Promise((resolve) => impatient.close(resolve));
  });
});

describe("how often", () => {
  it("is limited, for files and pictures of oneself together", async () => {
    const few = api.with({ UPLOADS_PER_HOUR: 3 });
    const person = await api.signUp();
    const png = Buffer.from("no picture");
    expect((await sendFile(few, person, { bytes: Buffer.from("one") })).status).toBe(201);
    expect((await sendFile(few, person, { bytes: png, name: "me.png" }, "/api/users/me/avatar")).status).toBe(415);
    expect((await sendFile(few, person, { bytes: Buffer.from("three") })).status).toBe(201);
    const refused = await sendFile(few, person, { bytes: Buffer.from("four") });
    expect([refused.status, (refused.body as { error: string }).error]).toEqual([
      429,
      "You may upload 3 files an hour. Try again in 60 minutes.",
    ]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(3500);
    expect((await sendFile(few, await api.signUp(), { bytes: Buffer.from("another's") })).status).toBe(201);
  });
});

it("keeps no file in memory while it comes", async () => {
  const before = process.memoryUsage.rss();
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  const chunk = Buffer.alloc(megabyte, 1);
  const calls = Array.from({ length: 4 }, () => begin());
  await Promise.all(
    calls.map(async ({ call, status }) => {
      call.write(opening);
      for (let i = 0; i < 49; i++) await write(call, chunk);
      call.end(closing);
      expect(await status).toBe(201);
    }),
  );
  clearInterval(watch);
  // Four files of 49 MB: whole in memory they would be 196.
  expect((most - before) / megabyte).toBeLessThan(100);
  expect((await api.send(routes.me, { token: ada.token })).status).toBe(200);
}, 60_000);
