import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { routes } from "@connectbest/contract";
import { createLogger } from "../../http/request-log";
import { GuardedFetch } from "../../outgoing/guarded-fetch";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { previewWorker } from "./link-previews";
import { linksIn } from "./links-in";
import { readPage } from "./read-page";
import { expectQuick } from "../../testing/quick";

describe("links in a text", () => {
  it.each([
    [
      "see https://example.com/a, and (http://b.example/c?d=e#f).",
      ["https://example.com/a", "http://b.example/c?d=e#f"],
    ],
    ["`https://in.code` ```\nhttp://in.block\n```", []],
    ["ftp://x javascript://y https://", []],
    ["https://a.example https://a.example", ["https://a.example"]],
    [
      "http://1.example http://2.example http://3.example http://4.example",
      ["http://1.example", "http://2.example", "http://3.example"],
    ],
    ["<https://quoted.example>", ["https://quoted.example"]],
  ])("%j", (text, links) => expect(linksIn(text)).toEqual(links));

  it("are found in no time, whatever ends them", () => {
    const text = `https://a.example/${".".repeat(100_000)}x ${"http://_".repeat(10_000)}`;
    return expectQuick(500, () => linksIn(text));
  });
});

describe("what a page says of itself", () => {
  const url = "https://example.com/";
  it.each([
    ["<title>Plain &amp; simple</title>", { title: "Plain & simple", description: null, siteName: null }],
    [
      `<meta property="og:title" content="Better"><title>Worse</title><meta name="description" content="  About\n it ">
       <meta property="og:site_name" content="Site">`,
      { title: "Better", description: "About it", siteName: "Site" },
    ],
    [
      "<title><script>alert(1)</script></title>",
      { title: "<script>alert(1)</script>", description: null, siteName: null },
    ],
    [`<title>${"long ".repeat(500)}</title>`, { title: "long ".repeat(40), description: null, siteName: null }],
    ["<title>turn\u202earound</title>", { title: "turn around", description: null, siteName: null }],
  ])("%j", (html, expected) => expect(readPage(html, url)).toEqual({ url, ...expected }));

  it("is nothing without a title", () => expect(readPage("<p>hello</p>", url)).toBeNull());
});

describe("link previews", () => {
  let api: TestApi;
  let ada: Account;
  let channelId: string;
  let server: Server;
  let base: string;
  let asked: string[];
  const worker = () =>
    previewWorker(new GuardedFetch({ allowed: ["127.0.0.1/32"], timeout: 1000 }), createLogger("silent"));
  beforeAll(async () => {
    api = await startTestApi();
    ada = await api.signUp("Ada");
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      if (request.url === "/jump") return void response.writeHead(302, { location: "http://127.0.0.2/inside" }).end();
      const type = request.url === "/image" ? "image/png" : "text/html; charset=utf-8";
      response.writeHead(200, { "content-type": type }).end(`<title>Page ${request.url}</title>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await api.close();
  });
  beforeEach(async () => {
    asked = [];
    channelId = (await api.createChannel(ada)).id;
  });

  async function titles(id: string): Promise<string[]> {
    await api.settle();
    await worker().run();
    const { message } = await api.call(routes.getMessage, { token: ada.token, params: { id } });
    return message.previews.map(({ title }) => title);
  }

  it("are shown under a message, under the channel's next revision, each page asked once a day", async () => {
    const { id, rev } = await api.post(ada, channelId, `read ${base}/one and ${base}/image`);
    expect(await titles(id)).toEqual(["Page /one"]);
    expect(api.realtime.to(channelId).at(-1)).toMatchObject({ type: "message.updated", rev: rev + 1 });
    const again = await api.post(ada, channelId, `again ${base}/one`);
    expect(await titles(again.id)).toEqual(["Page /one"]);
    expect(asked.sort()).toEqual(["/image", "/one"]);
    expect((await api.call(routes.getMessage, { token: ada.token, params: { id } })).message.isEdited).toBe(false);
  });

  it("follow an edit, and come to no message that is gone", async () => {
    const { id } = await api.post(ada, channelId, `${base}/first`);
    expect(await titles(id)).toEqual(["Page /first"]);
    await api.call(routes.editMessage, { token: ada.token, params: { id }, body: { content: `${base}/second` } });
    expect(await titles(id)).toEqual(["Page /second"]);
    const gone = await api.post(ada, channelId, `${base}/gone`);
    await api.settle();
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: gone.id } });
    expect(await titles(gone.id)).toEqual([]);
    expect(asked).not.toContain("/gone");
  });

  it("ask nobody inside, by whatever way", async () => {
    const { id } = await api.post(ada, channelId, `${base}/jump http://169.254.169.254/ http://localhost:1/`);
    expect(await titles(id)).toEqual([]);
    expect(asked).toEqual(["/jump"]);
  });
});
