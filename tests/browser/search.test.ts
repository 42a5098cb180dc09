import { routes, type Channel } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let garden: Channel;
let kitchen: Channel;

const many = 60;

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  garden = await bobPerson.createChannel("garden", [adaPerson]);
  kitchen = await bobPerson.createChannel("kitchen", [adaPerson]);
  for (let n = 0; n < many; n++) await bobPerson.post(garden.id, `harvest ${n}`);
  await adaPerson.post(garden.id, "Who waters the tomatoes?");
  await bobPerson.post(kitchen.id, "Tomatoes for the soup: https://example.com/soup");
  const hidden = await bobPerson.createChannel("secrets", [], "private");
  await bobPerson.post(hidden.id, "Nobody may know of the tomatoes");
  ada = await stage.enter(adaPerson);
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const field = () => ada.page.getByRole("searchbox", { name: "Search messages" });
const results = () => ada.page.getByRole("region", { name: "Search" }).getByRole("article");
const status = (words: string) => ada.page.getByRole("status").getByText(words, { exact: true });
/** Asks, and waits for so many answers that hold these words. */
async function expectFound(query: string, words: string[]): Promise<void> {
  await field().fill(query);
  await until(`${query} finds ${words.join(" and ") || "nothing"}`, async () => {
    const texts = await results().allInnerTexts();
    return texts.length === words.length && words.every((one) => texts.some((text) => text.includes(one)));
  });
}
const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

it("searches as one types, and the address has the query", async () => {
  await ada.page.getByRole("link", { name: "Search" }).click();
  await field().and(ada.page.locator(":focus")).waitFor();
  await ada.page.keyboard.type("tomatoes");
  await status("2 messages").waitFor();
  expect(await results().locator("mark").allInnerTexts()).toEqual(
    expect.arrayContaining(["tomatoes", "Tomatoes"]) as string[],
  );
  await ada.page.getByText("Nobody may know").waitFor({ state: "detached" });
  expect(new URL(ada.page.url()).searchParams.get("q")).toBe("tomatoes");
});

it("finds what an address asks for, and leads to the message", async () => {
  await ada.page.goto("/chat/search?q=harvest%207");
  expect(await field().inputValue()).toBe("harvest 7");
  const result = results().filter({ hasText: /harvest 7(?!\d)/ });
  await result.getByText("#garden").waitFor();
  await result.hover();
  await result.getByRole("link", { name: "Show", exact: true }).click();
  await ada.composer("garden").waitFor();
  await ada.message("harvest 7").first().waitFor();
  await until("it is in sight", async () => {
    const [log, row] = [await ada.messages.boundingBox(), await ada.message("harvest 7").first().boundingBox()];
    return log !== null && row !== null && row.y > log.y && row.y + row.height < log.y + log.height;
  });
  await ada.page.goBack();
  await status("1 message").or(result).first().waitFor();
  expect(await field().inputValue()).toBe("harvest 7");
});

it("offers what narrows it down, each taken by a click", async () => {
  await field().fill("");
  const operator = (name: string) => ada.page.getByRole("listitem").getByRole("button", { name });
  await operator("from:@").click();
  await field().and(ada.page.locator(":focus")).waitFor();
  expect(await field().inputValue()).toBe("from:@");
  await ada.page.keyboard.type(`${bobPerson.me.username} tomatoes`);
  await status("1 message").waitFor();
  await results().filter({ hasText: "Tomatoes for the soup" }).waitFor();

  await field().fill("");
  await operator("has:link").click();
  expect(await field().inputValue()).toBe("has:link ");
  await status("1 message").waitFor();
  await results().filter({ hasText: "https://example.com/soup" }).waitFor();

  await field().fill("");
  await operator('""').click();
  await ada.page.keyboard.type("waters the");
  expect(await field().inputValue()).toBe('"waters the"');
  await status("1 message").waitFor();
});

it("narrows by place, person, day and what is left out", async () => {
  const [water, soup] = ["Who waters", "for the soup"];
  await expectFound("tomatoes", [water, soup]);
  await expectFound("tomatoes in:#garden", [water]);
  await expectFound("tomatoes in:kitchen", [soup]);
  await expectFound("tomatoes from:me", [water]);
  await expectFound("tomatoes -soup", [water]);
  await expectFound(`tomatoes before:${dayFrom(-2)}`, []);
  await expectFound(`tomatoes after:${dayFrom(-2)}`, [water, soup]);
  await expectFound(`tomatoes before:${dayFrom(2)}`, [water, soup]);
  await expectFound(`tomatoes after:${dayFrom(2)}`, []);
});

it("says when nothing is found", async () => {
  await field().fill("aubergines");
  await ada.page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await ada.page.getByText("Only what you may read is searched.").waitFor();
});

it("shows a page at a time, and the rest when asked", async () => {
  await field().fill("harvest");
  await status("50 messages, and more").waitFor();
  await ada.page.getByRole("button", { name: "Show more" }).click();
  await status(`${many} messages`).waitFor();
  expect(await ada.page.getByRole("button", { name: "Show more" }).count()).toBe(0);
  const shown = await results().allInnerTexts();
  expect(new Set(shown.map((text) => /harvest \d+/.exec(text)?.[0])).size).toBe(many);
});

describe("activity", () => {
  const bell = (count: number) =>
    ada.page.getByRole("link", { name: count > 0 ? `Activity, ${count} new` : "Activity", exact: true });
  const list = () => ada.page.getByRole("region", { name: "Activity" });
  const item = (sentence: string) => list().getByRole("link").filter({ hasText: sentence });
  const sentences = {
    mention: "Bob Stone mentioned you in #kitchen",
    reply: "Bob Stone replied in a thread",
    reaction: "Bob Stone reacted with 🎉",
    direct: "Bob Stone wrote to you",
  };

  it("counts on its bell and lists in sentences what concerns me, as it happens", async () => {
    await ada.page.goto("/chat/activity");
    await list().getByRole("heading", { name: "You are all caught up" }).waitFor();
    const mine = await adaPerson.post(garden.id, "My idea");
    await bobPerson.post(kitchen.id, `@${adaPerson.me.username} dinner is ready`);
    await bell(1).waitFor();
    const reply = { content: "I like it" };
    await bobPerson.rest.call(routes.postReply, { params: { id: mine.id }, body: reply });
    await bell(2).waitFor();
    await bobPerson.rest.call(routes.addReaction, { params: { id: mine.id, emoji: encodeURIComponent("🎉") } });
    const { channel } = await bobPerson.rest.call(routes.openDirectMessage, { body: { userIds: [adaPerson.me.id] } });
    await bobPerson.post(channel.id, "a quiet word");
    for (const sentence of Object.values(sentences)) await item(sentence).waitFor();
    await item(sentences.mention).getByText("dinner is ready").waitFor();
    await item(sentences.reply).getByText("I like it").waitFor();
    await bell(4).waitFor();
  });

  it("leads there by a click, and what was seen is no longer unread", async () => {
    await item(sentences.mention).click();
    await ada.message("dinner is ready").waitFor();
    await bell(3).waitFor();
    await bell(3).click();
    await item(sentences.reply).click();
    await ada.page.getByRole("complementary", { name: "Thread" }).getByText("I like it").waitFor();
    await bell(2).waitFor();
  });

  it("shows apart what is unread, and marks all of it as read", async () => {
    await bell(2).click();
    await list().getByRole("link", { name: "Unread", exact: true }).click();
    await item(sentences.direct).waitFor();
    await item(sentences.mention).waitFor({ state: "detached" });
    expect(await item("Bob Stone").count()).toBe(2);
    await ada.page.getByRole("button", { name: "Mark all as read" }).click();
    await list().getByRole("heading", { name: "You are all caught up" }).waitFor();
    await bell(0).waitFor();
    await list().getByRole("link", { name: "All", exact: true }).click();
    await item(sentences.direct).waitFor();
    expect(await item("Bob Stone").count()).toBe(4);
    const { unreadCount } = await adaPerson.rest.call(routes.listNotifications);
    expect(unreadCount).toBe(0);
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
