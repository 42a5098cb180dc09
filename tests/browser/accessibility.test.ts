import { routes, type Message } from "@connectbest/contract";
import type { Browser, Page } from "playwright-core";
import { seriousViolations } from "../src/accessibility";
import { launchBrowser, Visitor } from "../src/browser";
import { Person } from "../src/rest-client";
import { System } from "../src/system";

let system: System;
let browser: Browser;
let ada: Person;
let bob: Person;
let message: Message;
let channelId: string;

/** A conversation with everything in it that can be drawn. */
async function fillWorkspace(): Promise<void> {
  [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  const channel = await ada.createChannel("launch", [bob]);
  channelId = channel.id;
  message = await bob.post(
    channelId,
    "# Plan\n\n**Bold**, _slanted_, `code`, https://example.com, #launch\n\n- one\n- [x] done\n\n> said\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```ts\nconst answer: number = 42; // why\n```",
  );
  await bob.post(channelId, `@${ada.me.username} have a look`);
  const params = { id: message.id };
  await ada.rest.call(routes.addReaction, { params: { ...params, emoji: "🎉" } });
  await ada.rest.call(routes.pinMessage, { params });
  await ada.rest.call(routes.addBookmark, { params });
  const body = { content: "A reply", clientMessageId: crypto.randomUUID(), parentMessageId: message.id };
  await bob.rest.call(routes.postMessage, { params: { id: channelId }, body });
  const remindAt = new Date(Date.now() + 3_600_000).toISOString();
  await ada.rest.call(routes.createReminder, { body: { messageId: message.id, remindAt } });
  await ada.rest.call(routes.scheduleMessage, { body: { channelId, content: "Later", sendAt: remindAt } });
  await ada.rest.call(routes.saveDraft, { params: { channelId }, body: { content: "Begun" } });
  await bob.rest.call(routes.postDirectMessage, { params: { userId: ada.me.id }, body: { content: "Psst" } });
}

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  await fillWorkspace();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** What opens by hand, and how. */
const opened: Record<string, (page: Page) => Promise<unknown>> = {
  switcher: (page) => page.keyboard.press("Control+k"),
  shortcuts: (page) => page.keyboard.press("Control+/"),
  "new message": (page) => page.getByRole("button", { name: "New message" }).click(),
  browse: (page) => page.getByRole("button", { name: "Browse channels" }).click(),
  create: (page) => page.getByRole("button", { name: "Create channel" }).click(),
  "account menu": (page) => page.getByRole("button", { name: "Account menu" }).click(),
  "channel menu": (page) => page.getByRole("button", { name: "More", exact: true }).click(),
  "emoji picker": (page) => page.getByRole("button", { name: "Choose an emoji" }).click(),
  "formatting bar": (page) => page.getByRole("button", { name: "Formatting" }).click(),
  "message menu": async (page) => {
    await page.getByRole("article").last().hover();
    await page.getByRole("button", { name: "More actions" }).click();
  },
};

describe.each(["light", "dark"] as const)("in the %s theme", (colorScheme) => {
  let visitor: Visitor;
  const faults: string[] = [];
  const look = async (name: string) => {
    // Colours and sizes on their way from one to another have no contrast of their own.
    await visitor.page.waitForTimeout(300);
    faults.push(...(await seriousViolations(visitor.page)).map((fault) => `${name}: ${fault}`));
  };

  beforeAll(async () => {
    visitor = await Visitor.arrive(browser, system, { colorScheme });
    await visitor.signIn(ada.email, ada.password);
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });
  afterAll(() => visitor.leave());

  it("every page of the chat serves everybody", async () => {
    const pages = ["search?q=look", "search", "activity", "threads", "saved", "saved?tab=reminders"];
    for (const path of [...pages, "drafts", "drafts?tab=scheduled", "people", `people?profile=${bob.me.id}`]) {
      await visitor.page.goto(`/chat/${path}`);
      await visitor.page.waitForLoadState("networkidle");
      await look(path);
    }
  }, 120_000);

  it("so does a conversation with each of its panels", async () => {
    const panels = ["", "?panel=members", "?panel=pins", "?panel=files", "?panel=about", `?thread=${message.id}`];
    for (const panel of [...panels, `?profile=${bob.me.id}`]) {
      await visitor.page.goto(`/chat/${channelId}${panel}`);
      await visitor.message("have a look").waitFor();
      await visitor.page.waitForLoadState("networkidle");
      await look(panel);
    }
  }, 120_000);

  it("so does whatever opens over it", async () => {
    await visitor.page.goto(`/chat/${channelId}`);
    await visitor.message("have a look").waitFor();
    for (const [name, open] of Object.entries(opened)) {
      await open(visitor.page);
      await look(name);
      await visitor.page.keyboard.press("Escape");
    }
  }, 120_000);

  it("so do a telephone's pages, and nothing of them stands beyond its edge", async () => {
    await visitor.page.setViewportSize({ width: 360, height: 740 });
    const chat = ["", `/${channelId}`, `/${channelId}?thread=${message.id}`, "/activity", "/search?q=look"];
    for (const path of [...chat.map((place) => `/chat${place}`), "/settings/profile", "/settings/security"]) {
      await visitor.page.goto(path);
      await visitor.page.waitForLoadState("networkidle");
      await look(path);
      expect([path, await visitor.page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, 360]);
    }
  }, 120_000);
});
