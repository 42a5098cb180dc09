/// <reference lib="dom" />
import { randomUUID } from "node:crypto";
import { routes, type Message } from "@connectbest/contract";
import mongoose from "mongoose";
import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { hostileNames, hostileTexts } from "../src/hostile-texts";
import { Person } from "../src/rest-client";
import { pause, System } from "../src/system";

const perChannel = 50;

/** What a page did that no message may make it do. */
interface Traces {
  ran: unknown[];
  reports: string[];
}
declare global {
  interface Window {
    traces: Traces;
    pwned(what: unknown): void;
  }
}

let system: System;
let browser: Browser;
let reader: Visitor;
let person: Person;
let authors: Person[];
/** What each channel was sent, by the channel's id. */
const sent = new Map<string, Map<string, string>>();
const foreignRequests: string[] = [];
const dialogs: string[] = [];

async function fillChannels(): Promise<void> {
  authors = [];
  for (const name of ["Author", "Writer", "Poster", "Sender"]) authors.push(await Person.signUp(system, name));
  for (let start = 0; start < hostileTexts.length; start += perChannel) {
    const channel = await person.createChannel(`hostile-${start}`, authors);
    const texts = hostileTexts.slice(start, start + perChannel);
    const ids = new Map<string, string>();
    for (const [i, text] of texts.entries()) {
      const author = authors[i % authors.length];
      if (author) ids.set((await author.post(channel.id, text)).id, text);
    }
    sent.set(channel.id, ids);
  }
  // Whoever has written now takes a hostile name and status; the description of a channel is hostile too.
  for (const [i, { rest }] of authors.entries()) {
    await rest.call(routes.updateMe, { body: { name: hostileNames[i * 4] ?? "" } });
    await rest.call(routes.setStatus, { body: { status: "busy", statusMessage: hostileNames[i * 4 + 1] ?? "" } });
  }
  await person.rest.call(routes.createChannel, { body: { name: "described", description: hostileTexts[4] ?? "" } });
  for (const author of authors)
    await author.rest.call(routes.postDirectMessage, {
      params: { userId: person.me.id },
      body: { content: hostileTexts[5] ?? "" },
    });
}

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  person = await Person.signUp(system, "Reader");
  await fillChannels();
  reader = await Visitor.arrive(browser, system);
  reader.page.on("dialog", (dialog) => void (dialogs.push(dialog.message()), dialog.dismiss()));
  reader.context.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    const isOurs = ["data:", "blob:"].includes(protocol) || host === new URL(system.web).host;
    if (!isOurs) foreignRequests.push(request.url());
  });
  await reader.context.addInitScript(() => {
    window.traces = { ran: [], reports: [] };
    window.pwned = (what) => void window.traces.ran.push(what);
    document.addEventListener("securitypolicyviolation", (event) =>
      window.traces.reports.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  await reader.signIn(person.email, person.password);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

async function upload({ rest }: Person, name: string): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob(["harmless"], { type: "text/plain" }), name);
  const headers = { authorization: `Bearer ${rest.token}` };
  const answer = await fetch(`${system.api}/upload`, { method: "POST", headers, body: form });
  return routes.uploadFile.response.parse(await answer.json()).file.id;
}

/** What the server would have learned of linked pages; it fetches none from the machine it runs on. */
async function withPreviews({ id }: Message, titles: string[]): Promise<void> {
  const connection = await mongoose.createConnection(system.databaseUri).asPromise();
  const previews = titles.map((title, i) => ({
    url: i % 2 ? `https://example.com/${i}` : "javascript:pwned(1)",
    ...{ title, description: title, siteName: title },
  }));
  // A preview whose address may not be followed is not shown: each title stands in one that is.
  const shown = titles.map((title, i) => ({
    url: `https://example.com/t${i}`,
    title,
    description: title,
    siteName: title,
  }));
  await connection
    .collection("messages")
    .updateOne({ _id: new mongoose.Types.ObjectId(id) }, { $set: { previews: [...previews, ...shown] } });
  await connection.close();
}

/** The state of the page now: which messages stand there, with what text, and everything that should not be there. */
const look = () =>
  reader.page.evaluate(() => {
    const log = document.querySelector('[role="log"]');
    const rows = [...document.querySelectorAll("[data-message-id]")];
    const inRows = (selector: string) => rows.flatMap((row) => [...row.querySelectorAll(selector)]);
    const everything = [...document.querySelectorAll("body *")];
    return {
      shown: rows.map((row) => [row.getAttribute("data-message-id") ?? "", row.textContent ?? ""] as const),
      alien: inRows("script,iframe,object,embed,form,style,link,meta,base,video,audio,math,input,details").map(
        (e) => e.outerHTML,
      ),
      handlers: everything.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith("on"))),
      links: inRows("a[href]").map(
        (a) => [a.getAttribute("href") ?? "", a.getAttribute("rel") ?? "", a.getAttribute("target") ?? ""] as const,
      ),
      traces: window.traces,
      top: log?.scrollTop ?? 0,
    };
  });

async function expectHarmless(): Promise<Map<string, string>> {
  const { shown, alien, handlers, links, traces } = await look();
  expect({ alien, handlers, traces }).toEqual({ alien: [], handlers: [], traces: { ran: [], reports: [] } });
  for (const [href, rel, target] of links) {
    if (ownAddress.test(href)) continue;
    expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
    expect({ rel: rel.includes("noopener"), target }).toEqual({ rel: true, target: "_blank" });
  }
  return new Map(shown);
}

/** Of the chat itself: ids and nothing else, whatever anybody is called. */
const ownAddress =
  /^\/(chat\/(dm\/)?[0-9a-f]{24}(\?(thread|profile|panel|message)=[0-9a-z]+)?|api\/files\/[\w/-]+(\?[\w=&-]*)?)$/;

/** What of a text must be seen: what its Markdown says, without the marks that say it. */
function meant(text: string): string {
  const [, label, address = ""] = /^!?\[([^\]]*)\]\((.*)\)$/s.exec(text) ?? [];
  // A link that may be one shows its words alone; where it leads is held to the rule above.
  if (label && /^(https?:|mailto:)/i.test(address)) return bare(label);
  return bare(/^```html\n(.*)\n```$/s.exec(text)?.[1] ?? text);
}

/** Marks and blanks that Markdown may take, and the direction's that browsers leave out of what they tell, gone. */
const bare = (text: string) => text.replace(/[\s`*_~<>[\]()!#|\\]+/g, "");

describe("a page full of hostile texts", () => {
  it("31. shows each of five hundred messages as the text that it is, and runs nothing", async () => {
    expect(hostileTexts.length).toBeGreaterThanOrEqual(500);
    let links = 0;
    for (const [channelId, texts] of sent) {
      await reader.page.goto(`/chat/${channelId}`);
      await reader.messages.locator("[data-message-id]").last().waitFor();
      await reader.messages.hover();
      const seen = new Map<string, string>();
      for (let step = 0; step < 40 && [...texts.keys()].some((id) => !seen.has(id)); step++) {
        for (const [id, text] of await expectHarmless()) seen.set(id, text);
        await reader.page.mouse.wheel(0, -450);
        await pause(60);
      }
      for (const [id, text] of texts) expect(bare(seen.get(id) ?? "nothing")).toContain(meant(text));
      links += (await look()).links.length;
    }
    expect(links).toBeGreaterThan(0);
  }, 240_000);

  it("31. shows hostile names, statuses and descriptions as text, in lists, titles and search", async () => {
    await reader.page.goto("/chat");
    for (const name of ["Browse channels"]) {
      await reader.page.getByRole("button", { name }).click();
      await reader.page.getByText("described").first().waitFor();
      await expectHarmless();
      await reader.page.keyboard.press("Escape");
    }
    const { channels } = await person.rest.call(routes.listConversations);
    expect(channels).toHaveLength(authors.length);
    for (const channel of channels) {
      await reader.page.goto(`/chat/${channel.id}`);
      await reader.messages.locator("[data-message-id]").last().waitFor();
      await expectHarmless();
    }
    // Names change while the page is open, and arrive over the socket.
    const [author] = authors;
    for (const name of hostileNames) await author?.rest.call(routes.updateMe, { body: { name } });
    for (const text of hostileTexts.slice(0, 30))
      await author?.rest.call(routes.postDirectMessage, { params: { userId: person.me.id }, body: { content: text } });
    await pause(800);
    await expectHarmless();
  }, 120_000);

  it("31. shows hostile names of files, and titles of linked pages, as text", async () => {
    const [author] = authors;
    const { channel } = (await author?.rest.call(routes.createChannel, { body: { name: "attached" } })) ?? {};
    if (!author || !channel) throw new Error("There is nobody to send files.");
    await author.rest.call(routes.addMember, { params: { id: channel.id }, body: { userId: person.me.id } });
    const names = hostileNames.map((name) => name.replaceAll("/", "∕"));
    const fileIds = [];
    for (const name of names.slice(0, 10)) fileIds.push(await upload(author, `${name}.txt`));
    const body = { content: "attached", clientMessageId: randomUUID(), fileIds };
    await author.rest.call(routes.postMessage, { params: { id: channel.id }, body });
    await withPreviews(await author.post(channel.id, "look: https://example.com/"), hostileNames.slice(0, 12));
    await reader.page.goto(`/chat/${channel.id}`);
    await reader.message("look:").waitFor();
    const text = bare([...(await expectHarmless()).values()].join(" "));
    for (const title of hostileNames.slice(0, 12)) expect(text).toContain(bare(title));
    expect(await reader.messages.getByRole("link", { name: /^Download/ }).count()).toBe(10);
    await reader.page.getByRole("button", { name: "Files", exact: true }).click();
    await reader.page.getByRole("complementary", { name: "Files" }).getByRole("link").first().waitFor();
    await expectHarmless();
  }, 120_000);

  it("31. takes nothing from addresses: neither paths, nor queries, nor what mailed links carry", async () => {
    const attempts = [
      "/login?callbackUrl=javascript:pwned(1)",
      `/login?reason=${encodeURIComponent("<img src=x onerror=pwned(1)>")}`,
      `/login?error=${encodeURIComponent('"><script>pwned(1)</script>')}`,
      `/verify-email#token=${encodeURIComponent('"><img src=x onerror=pwned(1)>')}`,
      `/reset-password#token=${encodeURIComponent("javascript:pwned(1)")}`,
      `/unsubscribe#token=${encodeURIComponent('"><img src=x onerror=pwned(1)>')}`,
      `/chat/${encodeURIComponent("<script>pwned(1)</script>")}`,
      `/${encodeURIComponent("<svg onload=pwned(1)>")}`,
      "/chat#javascript:pwned(1)",
    ];
    const stranger = await Visitor.arrive(browser, system);
    for (const visitor of [reader, stranger])
      for (const path of attempts) {
        await visitor.page.goto(path);
        await pause(150);
        expect(await visitor.page.evaluate(() => (window as Partial<Window>).traces?.ran ?? [])).toEqual([]);
        expect(new URL(visitor.page.url()).origin).toBe(new URL(system.web).origin);
      }
    expect(stranger.complaints).toEqual([]);
  }, 120_000);

  it("31. has called no other site, opened no dialog, and broken no rule of its security policy", () => {
    expect(foreignRequests).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(reader.complaints).toEqual([]);
  });
});
