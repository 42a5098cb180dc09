import { randomUUID } from "node:crypto";
import { routes, type Message } from "@connectbest/contract";
import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { RestClient } from "../src/rest-client";
import { System, until } from "../src/system";

let system: System;
let browser: Browser;
let ada: Visitor;
let bob: Visitor;
/** Bob's bearer, to write as a program while his browser is away. */
let bobsRest: RestClient;
let adasRest: RestClient;
let channelId: string;

const password = "correct horse battery";

async function restFor(email: string): Promise<RestClient> {
  const rest = new RestClient(system.api);
  rest.token = (await rest.call(routes.login, { body: { email, password } })).token;
  return rest;
}
const idFrom = (url: string) => /\/chat\/([0-9a-f]{24})/.exec(url)?.[1] ?? "";

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  ada = await Visitor.arrive(browser, system);
  bob = await Visitor.arrive(browser, system);
}, 120_000);
afterEach(async () => {
  const name = expect.getState().currentTestName?.replace(/\W+/g, "-") ?? "unnamed";
  for (const [who, visitor] of Object.entries({ ada, bob })) await visitor.photograph(`${name}-${who}`);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe("two people", () => {
  it("register and are let in", async () => {
    await ada.register("Ada Lovelace", "ada@example.com", password);
    await bob.register("Bob Stone", "bob@example.com", password);
    [adasRest, bobsRest] = [await restFor("ada@example.com"), await restFor("bob@example.com")];
  }, 60_000);

  it("meet in a channel that one creates and the other finds by browsing", async () => {
    await ada.page.getByRole("button", { name: "Create channel" }).click();
    await ada.page.getByLabel("Name", { exact: true }).fill("launch");
    await ada.page.getByLabel("Description").fill("Everything for the launch");
    await ada.page.getByRole("button", { name: "Create", exact: true }).click();
    await ada.composer("launch").waitFor();
    channelId = idFrom(ada.page.url());
    expect(channelId).not.toBe("");

    await bob.page.getByRole("button", { name: "Browse channels" }).click();
    await bob.page.getByRole("searchbox", { name: "Search channels" }).fill("lau");
    await bob.page.getByRole("button", { name: "Join launch" }).click();
    await bob.composer("launch").waitFor();
  }, 60_000);

  it("write to each other and see it at once, both ways", async () => {
    await ada.send("launch", "Hello Bob, can you read me?");
    await bob.message("Hello Bob, can you read me?").waitFor();
    await bob.send("launch", "Loud and clear, Ada.");
    await ada.message("Loud and clear, Ada.").waitFor();
    await ada.page.locator("[data-state=sent]", { hasText: "Hello Bob" }).waitFor();
    expect(await ada.message("Hello Bob").count()).toBe(1);
  }, 60_000);

  it("see within a second what a program posts", async () => {
    const text = `from curl ${randomUUID()}`;
    const before = Date.now();
    await bobsRest.call(routes.postMessage, { params: { id: channelId }, body: { content: text } });
    await ada.message(text).waitFor({ timeout: 1000 });
    expect(Date.now() - before).toBeLessThan(1500);
  });

  it("see a badge for what they have not read, gone when they read it", async () => {
    await ada.openChannel("general");
    await bob.send("launch", "Are you still there?");
    const link = ada.page
      .getByRole("navigation", { name: "Channels and messages" })
      .getByRole("link", { name: /^launch/ });
    await until("the badge shows", async () =>
      /1 unread/.test((await link.getAttribute("aria-label")) ?? (await link.innerText())),
    );
    await ada.openChannel("launch");
    await until("the badge is gone", async () => {
      const { channel } = await adasRest.call(routes.getChannel, { params: { id: channelId } });
      const shown = (await link.getAttribute("aria-label")) ?? (await link.innerText());
      return channel.membership?.unreadCount === 0 && !/unread/.test(shown);
    });
  }, 60_000);

  it("talk in private", async () => {
    await ada.page.getByRole("button", { name: "New message" }).click();
    await ada.page
      .getByRole("dialog")
      .getByRole("searchbox")
      .or(ada.page.getByRole("dialog").getByRole("combobox"))
      .first()
      .fill("bob");
    await ada.page.getByRole("dialog").getByText("Bob Stone").first().click();
    const composer = ada.page.getByRole("textbox", { name: "Message Bob Stone" });
    await composer.fill("Just between us");
    await composer.press("Enter");
    await bob.page
      .getByRole("navigation", { name: "Channels and messages" })
      .getByRole("link", { name: /^Ada Lovelace/ })
      .click();
    await bob.message("Just between us").waitFor();
  }, 60_000);
});

describe("one of them offline", () => {
  it("misses 200 messages, writes two of its own, and comes back level", async () => {
    await ada.openChannel("launch");
    await bob.openChannel("launch");
    await ada.context.setOffline(true);
    await ada.connection.filter({ hasText: /Offline|Reconnecting/ }).waitFor();
    for (let i = 0; i < 200; i++)
      await bobsRest.call(routes.postMessage, { params: { id: channelId }, body: { content: `missed ${i}` } });
    await ada.send("launch", "written offline, one");
    await ada.send("launch", "written offline, two");
    await ada.page.locator("[data-state=sending]", { hasText: "written offline, two" }).waitFor();

    await ada.context.setOffline(false);
    await ada.connection.filter({ hasText: "Connected" }).waitFor({ timeout: 40_000 });
    await ada.page.locator("[data-state=sent]", { hasText: "written offline, two" }).waitFor({ timeout: 30_000 });
    await bob.message("written offline, one").waitFor();
    await bob.message("written offline, two").waitFor();

    const all = await readAll();
    const missed = all.filter((content) => content.startsWith("missed "));
    expect(missed).toEqual(Array.from({ length: 200 }, (_, i) => `missed ${i}`));
    expect(all.filter((content) => content.startsWith("written offline"))).toEqual([
      "written offline, one",
      "written offline, two",
    ]);
    await expectLevel(ada, 204);
  }, 120_000);

  it("keeps what was not sent over a reload", async () => {
    await ada.context.route("**/api/chat/channels/*/messages", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await ada.page.routeWebSocket(/.*/, (socket) => socket.close());
    await ada.page.reload();
    await ada.composer("launch").waitFor();
    await ada.send("launch", "survives a reload");
    await ada.message("survives a reload").waitFor();
    await ada.page.reload();
    await ada.message("survives a reload").waitFor();
    await ada.context.unrouteAll();
    // A page's socket routes cannot be taken back: a new page of the same browser, with the same storage, is without them.
    const { context } = ada;
    await ada.page.close();
    const page = await context.newPage();
    await page.goto(`/chat/${channelId}`);
    await bob.message("survives a reload").waitFor({ timeout: 30_000 });
    expect((await readAll()).filter((content) => content === "survives a reload")).toHaveLength(1);
    Object.assign(ada, { page });
  }, 90_000);
});

describe("the server killed with -9 in mid-conversation", () => {
  it("loses nothing acknowledged, doubles nothing, and the conversation goes on", async () => {
    for (const visitor of [ada, bob]) await visitor.page.goto(`/chat/${channelId}`);
    const sent: string[] = [];
    for (let i = 0; i < 30; i++) {
      const [who, text] = [i % 2 ? ada : bob, `under fire ${i}`];
      sent.push(text);
      await who.send("launch", text);
      if (i === 8 || i === 18) {
        const before = system.pid("API");
        system.kill("API");
        await until("the API runs again", async () => system.pid("API") !== before && (await system.apiIsReady()));
      }
      if (i === 24) system.kill("Gateway");
    }
    for (const visitor of [ada, bob])
      await until(
        "everything is sent",
        async () => (await visitor.page.locator("[data-state=sending], [data-state=failed]").count()) === 0,
        60_000,
      );
    const stored = (await readAll()).filter((content) => content.startsWith("under fire"));
    expect([...stored].sort()).toEqual([...sent].sort());
    for (const parity of [0, 1]) {
      const own = sent.filter((_, i) => i % 2 === parity);
      expect(stored.filter((content) => own.includes(content))).toEqual(own);
    }
    for (const visitor of [ada, bob]) {
      // Level is promised to those who are connected: the gateway was killed last, and clients come back spread out.
      await visitor.connection.filter({ hasText: "Connected" }).waitFor({ timeout: 40_000 });
      await visitor.message("under fire 29").waitFor();
      await until("the view ends where the channel ends", async () => {
        const newest = (await readStored()).at(-1)?.id ?? "";
        return (await visitor.messages.locator(`[data-message-id="${newest}"]`).count()) > 0;
      });
      await expectLevel(visitor, 40);
    }
  }, 180_000);

  it("is still there after everything was stopped and started again", async () => {
    const before = await readAll();
    await system.interrupt();
    await system.start();
    expect(await readAll()).toEqual(before);
    await ada.page.goto(`/chat/${channelId}`);
    await ada.message("under fire 29").waitFor();
  }, 120_000);

  it("leaves no page with an error of its own", () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});

/** The channel as stored, oldest first. */
async function readStored(): Promise<Message[]> {
  const all: Message[] = [];
  for (let before: string | undefined; ;) {
    const page = await adasRest.call(routes.listMessages, {
      params: { id: channelId },
      query: { limit: 100, ...(before && { before }) },
    });
    all.unshift(...page.messages);
    if (!page.hasMoreBefore) return all;
    before = page.messages[0]?.id;
  }
}

const readAll = async (): Promise<string[]> => (await readStored()).map((message) => message.content);

/** What a person sees by scrolling up from where they are, at least so many messages: their ids in order. */
async function seenByScrolling(visitor: Visitor, count: number): Promise<string[]> {
  const seen: string[] = [];
  for (let still = 0; seen.length < count && still < 40; still++) {
    const shown = await visitor.messages
      .locator("[data-message-id]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-message-id") ?? ""));
    const known = shown.findIndex((id) => id === seen[0]);
    const fresh = seen.length === 0 ? shown : shown.slice(0, Math.max(known, 0));
    if (fresh.length > 0) still = 0;
    seen.unshift(...fresh);
    await visitor.messages.hover();
    await visitor.page.mouse.wheel(0, -300);
    await visitor.page.waitForTimeout(60);
  }
  return seen;
}

/** Fails unless what a person sees is what is stored: the newest so many, in order, none missing, none twice. */
async function expectLevel(visitor: Visitor, count: number): Promise<void> {
  const stored = (await readStored()).map((message) => message.id);
  const seen = await seenByScrolling(visitor, count);
  expect(seen.length).toBeGreaterThanOrEqual(Math.min(count, stored.length));
  expect(seen).toEqual(stored.slice(-seen.length));
}
