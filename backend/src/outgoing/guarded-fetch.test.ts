import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import dns from "node:dns";
import { ForbiddenAddress, GuardedFetch, TooMuch } from "./guarded-fetch";

let server: Server;
let port: number;
let calls: string[];
let answer: RequestListener;
beforeAll(async () => {
  server = createServer((request, response) => {
    calls.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  calls = [];
  answer = (_, response) => response.end("hello");
});
afterEach(() => jest.restoreAllMocks());

describe("what strangers make us call", () => {
  it.each([
    "http://127.0.0.1",
    "http://localhost",
    "http://[::1]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:7f00:1]",
    "http://2130706433",
    "http://0x7f.1",
    "http://0177.0.0.1",
    "http://127.1",
    "http://0.0.0.0",
    "http://[::]",
    "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.1",
    "http://172.16.3.4",
    "http://192.168.1.1",
    "http://100.64.0.1",
    "http://198.18.0.1",
    "http://224.0.0.1",
    "http://255.255.255.255",
    "http://[fe80::1]",
    "http://[fc00::1]",
    "http://[64:ff9b::7f00:1]",
    "http://[2002:7f00:1::]",
    "http://[2001:db8::1]",
    "http://localhost.",
    "http://[::7f00:1]",
    "http://[4000::1]",
    "http://[8000::1]",
    "http://168.63.129.16",
  ])("never reaches %s", async (text) => {
    const url = new URL(text);
    url.port = String(port);
    await expect(new GuardedFetch().fetch(url.href)).rejects.toThrow(/is not a public address|ENOTFOUND|EAI_AGAIN/);
    expect(calls).toEqual([]);
  });

  it.each([
    "file:///etc/passwd",
    "ftp://example.com",
    "gopher://example.com",
    "http://user:pass@example.com",
    "javascript:1",
  ])("speaks only plain http: not %s", (text) =>
    expect(() => new GuardedFetch().checkUrl(text)).toThrow(ForbiddenAddress),
  );

  it.each(["http://93.184.216.34/", "http://[2606:2800:220:1:248:1893:25c8:1946]/"])("may be %s", (url) =>
    expect(new GuardedFetch().checkUrl(url).href).toBe(url),
  );

  it("goes where a redirect leads only past the guard again", async () => {
    const fetch = new GuardedFetch({ allowed: ["127.0.0.1/32"] });
    answer = (request, response) =>
      request.url === "/start"
        ? response.writeHead(302, { location: `http://127.0.0.2:${port}/inside` }).end()
        : response.end("secret");
    await expect(fetch.fetch(`http://127.0.0.1:${port}/start`, { redirects: 3 })).rejects.toThrow(ForbiddenAddress);
    expect(calls).toEqual(["/start"]);
    expect((await fetch.fetch(`http://127.0.0.1:${port}/start`)).status).toBe(302);
  });

  it("is not fooled by a name that means another address each time it is asked", async () => {
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const asked = jest.spyOn(dns, "lookup");
    // The first answer is checked and used; the second never asked for.
    asked.mockImplementation(((_host: string, _options: object, done: (e: null, a: object[]) => void) =>
      done(
        null,
        (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
      )) as never);
    const guarded = new GuardedFetch({ timeout: 300 });
    await new Promise<void>((resolve) =>
      guarded.lookup("rebind.example", { all: true }, (error, addresses) => {
        expect([error, addresses]).toEqual([null, [{ address: "93.184.216.34", family: 4 }]]);
        resolve();
      }),
    );
    await new Promise<void>((resolve) =>
      guarded.lookup("rebind.example", { all: true }, (error) => {
        expect(error).toBeInstanceOf(ForbiddenAddress);
        resolve();
      }),
    );
  });

  it("refuses a name of which only one address is ours", async () => {
    jest.spyOn(dns, "lookup").mockImplementation(((_h: string, _o: object, done: (e: null, a: object[]) => void) =>
      done(null, [
        { address: "93.184.216.34", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ])) as never);
    await new Promise<void>((resolve) =>
      new GuardedFetch().lookup("mixed.example", { all: true }, (error) => {
        expect(error).toBeInstanceOf(ForbiddenAddress);
        resolve();
      }),
    );
  });
});

describe("what it reads", () => {
  const fetch = new GuardedFetch({ allowed: ["127.0.0.1/32"], timeout: 500 });

  it("is what was answered, up to a limit", async () => {
    const url = `http://127.0.0.1:${port}/page`;
    expect((await fetch.fetch(url)).body.toString()).toBe("hello");
    await expect(fetch.fetch(url, { limit: 3 })).rejects.toThrow(TooMuch);
    expect((await fetch.fetch(url, { limit: 3, isCut: true })).body.toString()).toBe("hel");
  });

  it("ends when nothing comes", async () => {
    answer = (_, response) => void response.writeHead(200).write("a");
    const started = Date.now();
    await expect(fetch.fetch(`http://127.0.0.1:${port}/slow`)).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
