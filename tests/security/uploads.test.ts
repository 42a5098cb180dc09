import { request } from "node:http";
import { deflateSync, crc32 } from "node:zlib";
import { routes } from "@connectbest/contract";
import { sendRaw, speak } from "../src/raw";
import { Person } from "../src/rest-client";
import { pause, System } from "../src/system";

let system: System;
let person: Person;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
}, 120_000);
// Nobody may send more than twenty files an hour.
beforeEach(async () => (person = await Person.signUp(system, "Owner")));
afterAll(() => system?.stop());

const boundary = "----of-the-test";
const form = (bytes: Buffer, type: string, name: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
const headers = () => ({
  authorization: `Bearer ${person.rest.token}`,
  "content-type": `multipart/form-data; boundary=${boundary}`,
});
const upload = (bytes: Buffer, type = "image/png", name = "picture.png") =>
  sendRaw(`${system.api}/users/me/avatar`, { method: "POST", headers: headers(), body: form(bytes, type, name) });
const download = () =>
  sendRaw(`${system.api}/users/${person.me.id}/avatar`, { headers: { authorization: headers().authorization } });

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A PNG that says to be so many pixels wide and high, all black: a thousandth of what it unfolds to. */
function png(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const script = "<script>alert(document.domain)</script>";
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(1)</script></svg>`;

describe("a picture", () => {
  it("34. is what its bytes say, not what it is called", async () => {
    for (const [type, name] of [
      ["image/png", "picture.png"],
      ["text/html", "page.html"],
      ["image/svg+xml", "x.svg"],
    ]) {
      expect((await upload(png(9, 9), type, name)).status).toBe(200);
      expect((await download()).headers["content-type"]).toBe("image/webp");
    }
    const lies: [string, Buffer][] = [
      ["HTML", Buffer.from(`<!doctype html><html>${script}</html>`)],
      ["SVG", Buffer.from(svg)],
      ["SVG behind an XML declaration", Buffer.from(`<?xml version="1.0"?>\n<!-- -->${svg}`)],
      [
        "SVG that names a file",
        Buffer.from(`<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="file:///etc/passwd"/></svg>`),
      ],
      ["PDF", Buffer.from(`%PDF-1.4\n%${script}`)],
      ["ZIP", Buffer.from("PK\x03\x04 not a picture")],
      ["a program", Buffer.from("\x7fELF not a picture")],
      ["PNG's signature alone", png(9, 9).subarray(0, 8)],
      ["half a PNG", png(90, 90).subarray(0, 60)],
      ["nothing", Buffer.alloc(0)],
    ];
    for (const [what, bytes] of lies) {
      const { status } = await upload(bytes);
      expect([what, status]).toEqual([what, what === "nothing" && status === 400 ? 400 : 415]);
    }
  });

  it("34. that is also a page comes back as a picture alone", async () => {
    const withText = Buffer.concat([
      png(9, 9).subarray(0, -12),
      chunk("tEXt", Buffer.from(`Comment\0${script}`)),
      chunk("IEND", Buffer.alloc(0)),
      Buffer.from(`<html>${script}</html>`),
    ]);
    expect((await upload(withText, "text/html", "x.html")).status).toBe(200);
    const { status, headers, text } = await download();
    expect([status, headers["content-type"], headers["x-content-type-options"]]).toEqual([
      200,
      "image/webp",
      "nosniff",
    ]);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(text.startsWith("RIFF")).toBe(true);
    expect(text).not.toContain("alert");
  });

  it("34. that unfolds to gigabytes is refused before it does", async () => {
    const bomb = png(30_000, 30_000, 300);
    expect(bomb.length).toBeLessThan(100_000);
    const started = performance.now();
    expect((await upload(bomb)).status).toBe(415);
    expect((await upload(png(65_000, 65_000, 10))).status).toBe(415);
    expect((await upload(png(1_000_000, 60, 1))).status).toBe(415);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("34. of more than five megabytes is too large, sent whole or said to be", async () => {
    expect((await upload(Buffer.alloc(5 * 1024 * 1024 + 1))).status).toBe(413);
    const port = Number(system.environment["PORT_API"]);
    const declared = (length: string, authorization = headers().authorization) =>
      [
        "POST /api/users/me/avatar HTTP/1.1",
        "Host: x",
        `Authorization: ${authorization}`,
        `Content-Type: ${headers()["content-type"]}`,
        `Content-Length: ${length}`,
        "",
        `--${boundary}\r\n`,
      ].join("\r\n");
    const started = performance.now();
    expect(await speak(port, declared("4294967296"), 1000)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await speak(port, declared("4294967296", "Bearer nothing"), 1000)).toMatch(/^HTTP\/1\.1 401 /);
    expect(await speak(port, declared("99999999999999999999999"), 1000)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await speak(port, declared("-1"), 1000)).toMatch(/^HTTP\/1\.1 400 /);
    expect(performance.now() - started).toBeLessThan(6000);
  });

  it("34. that goes on and on without saying how long is cut off at five megabytes", async () => {
    const part = Buffer.alloc(256 * 1024, "x");
    let sent = 0;
    const call = request(`${system.api}/users/me/avatar`, { method: "POST", headers: headers() });
    const status = new Promise((resolve, reject) => {
      call.once("response", (response) => resolve(response.resume().statusCode));
      call.once("error", reject);
    });
    const isAnswered = status.then(() => true);
    call.write(form(Buffer.alloc(0), "image/png", "endless.png").subarray(0, -boundary.length - 8));
    while (sent < 64 * 1024 * 1024 && !(await Promise.race([isAnswered, pause(1).then(() => false)]))) {
      call.write(part);
      sent += part.length;
    }
    const answer = await Promise.race([status, pause(3000).then(() => "no answer")]);
    status.catch(() => undefined);
    call.destroy();
    expect(answer).toBe(413);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it("34. comes one at a time, as a form, in the field `file`", async () => {
    const call = (body: Buffer | string, type: string) =>
      sendRaw(`${system.api}/users/me/avatar`, {
        method: "POST",
        headers: { ...headers(), "content-type": type },
        body,
      });
    expect((await call("{}", "application/json")).status).toBe(415);
    expect((await call(png(9, 9), "image/png")).status).toBe(415);
    expect((await call("nothing of a form", headers()["content-type"])).status).toBe(400);
    expect((await call("--x--", "multipart/form-data")).status).toBe(400);
    const two = Buffer.concat([
      form(png(9, 9), "image/png", "1.png").subarray(0, -boundary.length - 8),
      Buffer.from("\r\n"),
      form(png(9, 9), "image/png", "2.png"),
    ]);
    expect((await call(two, headers()["content-type"])).status).toBe(400);
  });

  it("35. takes names of any kind without harm", async () => {
    const names = [
      "../../../../etc/passwd",
      "..\\\\..\\\\x.png",
      "x.png%00.html",
      "x".repeat(1000),
      "a\\r\\nSet-Cookie: x=1",
      "', DROP",
      "🦊.png",
    ];
    for (const name of names) {
      const { status, headers } = await upload(png(9, 9), "image/png", name);
      expect([name, status, headers["set-cookie"]]).toEqual([name, 200, undefined]);
    }
    const { user } = await person.rest.call(routes.me);
    expect(user.avatarUrl).toMatch(new RegExp(`^/api/users/${person.me.id}/avatar\\?v=[0-9a-f]+$`));
  });

  it("35. is shown to those who are signed in, and removed by nobody but its owner", async () => {
    await upload(png(9, 9));
    expect((await sendRaw(`${system.api}/users/${person.me.id}/avatar`)).status).toBe(401);
    const other = await Person.signUp(system, "Other");
    await other.rest.call(routes.removeAvatar);
    expect((await download()).status).toBe(200);
  });
});
