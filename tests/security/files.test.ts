import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { routes, type Channel, type File as SentFile, type Message } from "@connectbest/contract";
import { sendRaw, speak, type RawAnswer } from "../src/raw";
import { Person } from "../src/rest-client";
import { pause, System, until } from "../src/system";

let system: System;
let admin: Person;
let [a, b, outsider]: Person[] = [];
let channel: Channel;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  admin = await Person.signUp(system, "Administrator");
  [a, b, outsider] = [
    await Person.signUp(system, "Member A"),
    await Person.signUp(system, "Member B"),
    await Person.signUp(system, "Outsider"),
  ];
  channel = await a.createChannel(`files-${randomUUID().slice(0, 8)}`, [b], "private");
}, 120_000);
afterAll(() => system?.stop());

/** For the compiler: everybody is there once the system is. */
const people = () => {
  if (!a || !b || !outsider) throw new Error("nobody");
  return { a, b, outsider, admin };
};

const boundary = "----of-the-test";
const opening = (name: string, type: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
const closing = `\r\n--${boundary}--\r\n`;
const headersOf = ({ rest }: Person) => ({
  authorization: `Bearer ${rest.token}`,
  "content-type": `multipart/form-data; boundary=${boundary}`,
});

const upload = (person: Person, bytes: Buffer | string, type: string, name: string): Promise<RawAnswer> =>
  sendRaw(`${system.api}/upload`, {
    method: "POST",
    headers: headersOf(person),
    body: Buffer.concat([Buffer.from(opening(name, type)), Buffer.from(bytes), Buffer.from(closing)]),
  });

async function kept(person: Person, bytes: Buffer | string, type: string, name: string): Promise<SentFile> {
  const { status, text } = await upload(person, bytes, type, name);
  if (status !== 201) throw new Error(`${name}: ${status} ${text}`);
  return routes.uploadFile.response.parse(JSON.parse(text)).file;
}

async function sent(person: Person, name = "plan.txt"): Promise<{ file: SentFile; message: Message }> {
  const file = await kept(person, `only for members ${randomUUID()}`, "text/plain", name);
  const body = { content: "see this", fileIds: [file.id] };
  const { message } = await person.rest.call(routes.postMessage, { params: { id: channel.id }, body });
  return { file, message };
}

const get = (url: string, person?: Person): Promise<RawAnswer> =>
  sendRaw(new URL(url, system.api).href, { headers: person ? { authorization: headersOf(person).authorization } : {} });

/** Where it leads to, as somebody. */
const addressOf = async (file: SentFile, person: Person): Promise<string> => {
  const { status, headers } = await get(file.url, person);
  expect(status).toBe(302);
  return headers.location ?? "";
};
const read = async (file: SentFile, person: Person): Promise<RawAnswer> => get(await addressOf(file, person));

const script = "<script>alert(document.domain)</script>";
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A PNG that says to be so many pixels wide and high, with a comment and something behind its end. */
function png(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Comment\0${script}`)),
    chunk("IDAT", deflateSync(Buffer.alloc((width + 1) * rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
    Buffer.from(`<html>${script}</html>`),
  ]);
}

const incoming = () => readdirSync(path.join(system.folder, "files", "incoming"));

describe("an upload", () => {
  it.each([
    ["SVG", svg, "image/svg+xml", "x.svg", "text/plain"],
    ["SVG behind an XML declaration", `<?xml version="1.0"?>${svg}`, "image/svg+xml", "x.svg", "text/plain"],
    ["HTML", `<!doctype html>${script}`, "text/html", "x.html", "text/plain"],
    [
      "XHTML",
      `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`,
      "application/xhtml+xml",
      "x.xhtml",
      "text/plain",
    ],
    ["a script", "alert(1)", "text/javascript", "x.js", "text/plain"],
    ["PDF that is HTML too", `%PDF-1.4\n%${script}`, "text/html", "x.html", "application/pdf"],
    ["ZIP that is HTML too", `PK\x03\x04\0\0\0\0${script}`, "text/html", "x.html", "application/zip"],
    ["a picture's mark before a script", `GIF89a=1;${script}`, "text/html", "x.html", "text/plain"],
    ["noise", Buffer.from([0, 1, 2, 0xff]), "text/html", "x.html", "application/octet-stream"],
  ])("34. of %s comes back to be saved, as what its bytes are", async (_, bytes, declared, name, type) => {
    const file = await kept(people().a, bytes, declared, name);
    expect(file.type).toBe(type);
    const { status, headers } = await read(file, people().a);
    expect([status, headers["content-type"]?.split(";")[0], headers["x-content-type-options"]]).toEqual([
      200,
      type,
      "nosniff",
    ]);
    expect(headers["content-disposition"]).toBe(`attachment; filename="${name}"`);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("sandbox");
  });

  it("34. that is a picture and a page comes back as a picture alone", async () => {
    for (const [declared, name] of [
      ["image/png", "x.png"],
      ["text/html", "x.html"],
    ] as const) {
      const { headers, text } = await read(await kept(people().a, png(9, 9), declared, name), people().a);
      expect([headers["content-type"], headers["content-disposition"]]).toEqual([
        "image/png",
        `inline; filename="${name}"`,
      ]);
      expect(text).not.toContain("alert");
    }
  });

  it.each([
    ["HTML as a picture", `<!doctype html>${script}`, "image/png", "x.png"],
    ["HTML with a picture's name alone", `<!doctype html>${script}`, "application/octet-stream", "x.JPG"],
    ["HTML with a picture's type alone", `<!doctype html>${script}`, "image/webp", "x"],
    ["SVG as a picture", svg, "image/png", "x.png"],
    ["a picture's mark before a script", `GIF89a=1;${script}`, "image/gif", "x.gif"],
    ["half a picture", png(90, 90).subarray(0, 60), "image/png", "x.png"],
    ["PDF as a film", `%PDF-1.4\n%${script}`, "video/mp4", "x.mp4"],
    ["a program as a sound", "\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "audio/mpeg", "x.mp3"],
  ])("34. that lies is refused: %s", async (_, bytes, type, name) => {
    expect((await upload(people().a, bytes, type, name)).status).toBe(415);
  });

  it("34. that unfolds to gigabytes is refused before it does", async () => {
    const started = performance.now();
    for (const bomb of [png(30_000, 30_000, 300), png(65_000, 65_000, 10), png(1_000_000, 60, 1)])
      expect((await upload(people().a, bomb, "image/png", "x.png")).status).toBe(415);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("34. of more than fifty megabytes is refused before it is read, and nothing of it stays", async () => {
    const port = Number(system.environment["PORT_API"]);
    const declared = (length: string, authorization = headersOf(people().a).authorization) =>
      [
        "POST /api/upload HTTP/1.1",
        "Host: x",
        `Authorization: ${authorization}`,
        `Content-Type: ${headersOf(people().a)["content-type"]}`,
        `Content-Length: ${length}`,
        "",
        opening("x.bin", "application/octet-stream"),
      ].join("\r\n");
    const started = performance.now();
    expect(await speak(port, declared("4294967296"), 1000)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await speak(port, declared("4294967296", "Bearer nothing"), 1000)).toMatch(/^HTTP\/1\.1 401 /);
    expect(await speak(port, declared("-1"), 1000)).toMatch(/^HTTP\/1\.1 400 /);
    expect(performance.now() - started).toBeLessThan(5000);
    await until("nothing is left", () => incoming().length === 0);
  });

  it("34. that goes on and on without saying how long is cut off, and nothing of it stays", async () => {
    const part = Buffer.alloc(1024 * 1024, "x");
    const call = request(`${system.api}/upload`, { method: "POST", headers: headersOf(people().a) });
    const status = new Promise((resolve) => {
      call.once("response", (response) => resolve(response.resume().statusCode));
      call.once("error", () => resolve("cut off"));
    });
    let isAnswered = false;
    void status.then(() => (isAnswered = true));
    call.write(opening("endless.bin", "application/octet-stream"));
    let megabytes = 0;
    for (; megabytes < 200 && !isAnswered; megabytes++)
      await Promise.race([
        new Promise<void>((resolve) => (call.write(part) ? setImmediate(resolve) : call.once("drain", resolve))),
        status,
      ]);
    expect([413, "cut off"]).toContain(await Promise.race([status, pause(3000).then(() => "no answer")]));
    call.destroy();
    expect(megabytes).toBeLessThan(80);
    await until("nothing is left", () => incoming().length === 0);
  });
});

describe("a file", () => {
  it("35. is there for those in the channel alone", async () => {
    const { file } = await sent(people().b);
    expect((await read(file, people().a)).text).toMatch(/^only for members/);
    for (const stranger of [people().outsider, people().admin])
      for (const url of [file.url, `${file.url}/thumbnail`, `/api/chat/channels/${channel.id}/files`]) {
        const { status, text } = await get(url, stranger);
        expect([url, status, text.includes("only for members")]).toEqual([url, 404, false]);
      }
    expect((await get(file.url)).status).toBe(401);
    expect((await get(`${file.url}/content`)).status).toBe(400);
  });

  it("20. cannot be sent, forwarded, listed or had by whoever is not in its channel", async () => {
    const { file, message } = await sent(people().a);
    const { rest } = people().outsider;
    const own = await people().outsider.createChannel(`own-${randomUUID().slice(0, 8)}`, [], "private");
    const body = { content: "mine now", fileIds: [file.id] };
    expect((await rest.send(routes.postMessage, { params: { id: own.id }, body })).status).toBe(404);
    const forward = { channelId: own.id, content: "mine now" };
    expect((await rest.send(routes.forwardMessage, { params: { id: message.id }, body: forward })).status).toBe(404);
    expect((await rest.send(routes.listChannelFiles, { params: { id: channel.id } })).status).toBe(404);
    expect((await rest.send(routes.getFile, { params: { id: file.id } })).status).toBe(404);
  });

  it("35. is no longer there for whoever was taken out of the channel", async () => {
    const place = await people().a.createChannel(`board-${randomUUID().slice(0, 8)}`, [people().b], "private");
    const file = await kept(people().b, "once mine", "text/plain", "x.txt");
    const body = { content: "", fileIds: [file.id] };
    await people().b.rest.call(routes.postMessage, { params: { id: place.id }, body });
    await people().a.rest.call(routes.removeMember, { params: { id: place.id, userId: people().b.me.id } });
    expect([(await get(file.url, people().b)).status, (await get(file.url, people().a)).status]).toEqual([404, 302]);
  });

  it("35. has addresses that are good for five minutes at most, and for nothing else", async () => {
    const [{ file }, { file: other }] = [await sent(people().a), await sent(people().a)];
    const address = await addressOf(file, people().a);
    const seconds = Number(new URL(address, system.api).searchParams.get("expires")) - Date.now() / 1000;
    expect(seconds).toBeLessThanOrEqual(300);
    expect((await get(address)).status).toBe(200);
    const forged = [
      address.replace(file.id, other.id),
      address.replace("original", "thumbnail"),
      address.replace(/expires=(\d+)/, (_, at: string) => `expires=${Number(at) + 1}`),
      address.replace(/expires=\d+/, "expires=1"),
      address.replace(/signature=./, (start) => (start.endsWith("A") ? "signature=B" : "signature=A")),
      address.replace(/signature=.*/, "signature=x"),
    ];
    for (const url of forged) expect([url, (await get(url)).status]).toEqual([url, 403]);
    expect(address).not.toContain(people().a.rest.token ?? "no token");
  });

  it("35. of B's cannot be deleted by A, by an administrator or by a stranger", async () => {
    const { file } = await sent(people().b);
    const unsent = await kept(people().b, "not sent yet", "text/plain", "x.txt");
    const statusAs = async ({ rest }: Person, { id }: SentFile) =>
      (await rest.send(routes.deleteFile, { params: { id } })).status;
    expect(await statusAs(people().a, file)).toBe(403);
    expect(await statusAs(people().outsider, file)).toBe(404);
    expect(await statusAs(people().admin, file)).toBe(404);
    for (const person of [people().a, people().outsider, people().admin])
      expect(await statusAs(person, unsent)).toBe(404);
    expect((await read(file, people().a)).status).toBe(200);
    expect(await statusAs(people().b, unsent)).toBe(204);
  });

  it.each([
    ["a path", "../../../../etc/passwd", "passwd"],
    ["a path of Windows", "..\\\\..\\\\windows\\\\win.ini", "win.ini"],
    ["a header", "x%0d%0aSet-Cookie: a=b%0d%0a%0d%0a.html", "xSet-Cookie: a=b.html"],
    ["two names", 'x\\"; filename=\\"evil.html', 'x"; filename="evil.html'],
    ["more than a thousand letters", `${"x".repeat(1024)}.txt`, `${"x".repeat(251)}.txt`],
    ["a name that reads backwards", "photo\u202egnp.exe", "photognp.exe"],
    ["markup", "<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"],
    ["dots", "..", "file"],
  ])("35. may be called %s without harm", async (_, called, name) => {
    const file = await kept(people().a, "harmless", "text/plain", called);
    expect(file.name).toBe(name);
    const { status, headers } = await read(file, people().a);
    expect([status, headers["set-cookie"], headers["content-type"]]).toEqual([200, undefined, "text/plain"]);
    const disposition = headers["content-disposition"] ?? "";
    expect(disposition).toMatch(/^attachment; filename="[^"\\/]*"(; filename\*=UTF-8''[\w%!#$&+.^`|~-]*)?$/);
    const encoded = /filename\*=UTF-8''(.*)$/.exec(disposition)?.[1];
    expect(encoded ? decodeURIComponent(encoded) : /filename="(.*)"/.exec(disposition)?.[1]).toBe(name);
  });
});
