import { routes, type Message } from "@connectbest/contract";
import type { Page } from "playwright-core";
import { isInSight, messageIn, panelOf, repliesOf } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

/** More than a few pages of them. */
const count = 250;

let work: Workplace;
let page: Page;
let posted: Message[];
let reply: Message;
beforeAll(async () => {
  work = await Workplace.open();
  const { ada, bob } = work.accounts;
  posted = [];
  for (let i = 0; i < count; i++) posted.push(await ada.post(work.channel.id, `Line ${i} of many`));
  const params = { id: posted[40]?.id ?? "" };
  reply = (await bob.rest.call(routes.postReply, { params, body: { content: "Said in a thread" } })).message;
  page = await work.bob.context.newPage();
  page.on("pageerror", (error) => work.bob.complaints.push(error.message));
  Object.assign(work.bob, { page });
  // What lights up for a moment, by its id.
  await page.addInitScript(() => {
    const marked: string[] = [];
    Object.assign(window, { marked });
    addEventListener("animationstart", ({ animationName, target }) => {
      if (animationName === "target" && target instanceof HTMLElement) marked.push(target.dataset["messageId"] ?? "");
    });
  });
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const log = () => page.getByRole("log", { name: "Messages" });
const marked = () => page.evaluate(() => (window as unknown as { marked: string[] }).marked);

async function expectShown(text: string, id: string): Promise<void> {
  const message = messageIn(log(), text);
  await message.waitFor();
  await until("it is in sight", () => isInSight(message));
  await until("it is marked", async () => (await marked()).includes(id));
  expect(await message.count()).toBe(1);
}

describe("the address of a message", () => {
  it.each([count - 2, 150, 3])("shows line %i in its place, and marks it alone", async (at) => {
    const id = posted[at]?.id ?? "";
    await page.goto(`/chat/${work.channel.id}?message=${id}`);
    await expectShown(`Line ${at} of many`, id);
    expect(await marked()).toEqual([id]);
    for (const neighbour of [at - 1, at + 1]) await messageIn(log(), `Line ${neighbour} of many`).waitFor();
  });

  it("leads on to what is newest", async () => {
    await page.getByRole("button", { name: "Jump to latest" }).click();
    await messageIn(log(), `Line ${count - 1} of many`).waitFor();
    await until("it is at the end", () => isInSight(messageIn(log(), `Line ${count - 1} of many`)));
  });

  it.each(["?message=", "?thread=ROOT&message="])("of a reply opens its thread: %s", async (query) => {
    const root = posted[40]?.id ?? "";
    await page.goto(`/chat/${work.channel.id}${query.replace("ROOT", root)}${reply.id}`);
    const shown = messageIn(repliesOf(page), "Said in a thread").and(page.locator(`[data-message-id="${reply.id}"]`));
    await shown.waitFor();
    await until("it is in sight", () => isInSight(shown));
    await until("it is marked", async () => (await marked()).includes(reply.id));
    await panelOf(page, "Thread").getByText("Line 40 of many").waitFor();
    expect(new URL(page.url()).searchParams.get("thread")).toBe(root);
  });

  it.each(["was deleted", "never was"])("of what %s says so, and shows the latest", async (what) => {
    const deleted = posted[200]?.id ?? "";
    if (what === "was deleted") await work.accounts.ada.rest.call(routes.deleteMessage, { params: { id: deleted } });
    await page.goto(`/chat/${work.channel.id}?message=${what === "was deleted" ? deleted : "0".repeat(24)}`);
    const alert = page.getByRole("region", { name: "Notices" }).getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toBe(
      what === "was deleted" ? "This message was deleted." : "This message was not found, or is not yours to see.",
    );
    await alert.getByRole("button", { name: "Dismiss" }).click();
    await until("the latest is there", () => isInSight(messageIn(log(), `Line ${count - 1} of many`)));
    expect(page.url()).toBe(`${work.system.web}/chat/${work.channel.id}`);
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
