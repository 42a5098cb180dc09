import type { Locator } from "playwright-core";
import type { Visitor } from "../src/browser";
import { choose, messageIn, noticeOf, openPage, sidebarLink } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  await work.accounts.ada.createChannel("elsewhere", [work.accounts.bob]);
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const messageFor = (visitor: Visitor, text: string): Locator => messageIn(visitor.messages, text);

async function posted(text: string): Promise<Locator> {
  await work.accounts.bob.post(work.channel.id, text);
  await messageFor(ada, text).waitFor();
  return messageFor(ada, text);
}

describe("forwarding", () => {
  it("sends it on to another channel with a word, and the way back", async () => {
    await choose(await posted("The numbers are in"), "Forward");
    const dialog = ada.page.getByRole("dialog", { name: "Forward message" });
    await dialog.getByText("The numbers are in").waitFor();
    await dialog.getByRole("combobox", { name: "To" }).selectOption("#elsewhere");
    await dialog.getByRole("textbox", { name: "Add a word (optional)" }).fill("Have you seen this?");
    await dialog.getByRole("button", { name: "Forward" }).click();
    await noticeOf(ada.page, "Forwarded.").getByRole("button", { name: "Show" }).click();
    await ada.composer("elsewhere").waitFor();
    await messageFor(ada, "Have you seen this?").waitFor();

    await bob.openChannel("elsewhere");
    const forwarded = messageFor(bob, "Have you seen this?");
    const quote = forwarded.getByRole("blockquote").filter({ hasText: "The numbers are in" });
    await quote.getByText("Bob Stone").waitFor();
    await quote.getByText("#team").waitFor();
    await quote.getByRole("link", { name: "Show" }).click();
    await bob.composer("team").waitFor();
    await messageFor(bob, "The numbers are in").waitFor();
    await ada.openChannel("team");
  });
});

describe("a reminder", () => {
  it("stands under Saved until it is removed", async () => {
    await choose(await posted("Renew the certificate"), "Remind me…");
    const dialog = ada.page.getByRole("dialog", { name: "Remind me of this message" });
    await dialog.getByRole("combobox", { name: "When" }).selectOption("In an hour");
    await dialog.getByRole("textbox", { name: "Note (optional)" }).fill("before it lapses");
    await dialog.getByRole("button", { name: "Remind me" }).click();
    await noticeOf(ada.page, "You will be reminded on").waitFor();

    await openPage(ada, "Saved");
    await ada.page.getByRole("link", { name: "Reminders" }).click();
    await ada.page.getByText("before it lapses").waitFor();
    const card = ada.page.getByRole("article").filter({ hasText: "Renew the certificate" });
    await card.getByRole("button", { name: "Remove reminder" }).click();
    await ada.page.getByText("No reminders").waitFor();
    await ada.page.reload();
    await ada.page.getByText("No reminders").waitFor();
    await ada.openChannel("team");
  });
});

describe("by the keyboard", () => {
  it("a dialog from a message's menu gives the focus back to the message", async () => {
    const message = await posted("No mouse here");
    await message.focus();
    const more = message.getByRole("button", { name: "More actions" });
    await more.focus();
    await ada.page.keyboard.press("Enter");
    await message.getByRole("menuitem", { name: "Remind me…" }).waitFor();
    await ada.page.keyboard.press("r");
    await ada.page.keyboard.press("Enter");
    const dialog = ada.page.getByRole("dialog", { name: "Remind me of this message" });
    await dialog.waitFor();
    await ada.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await until("it is back", () =>
      more.evaluate((button) => button === document.activeElement, null, { timeout: 2_000 }),
    );
  });
});

describe("marking unread", () => {
  const divider = () => ada.messages.getByRole("separator", { name: "New messages" });
  const isBold = () => sidebarLink(ada, "team").evaluate((link) => Number(getComputedStyle(link).fontWeight) >= 600);

  it("brings the divider and the bold name back, until it is read again", async () => {
    await posted("Read long ago");
    const message = await posted("To be answered");
    await posted("And this");
    await until("all is read", async () => !(await isBold()));
    expect(await divider().count()).toBe(0);
    await choose(message, "Mark unread");
    await divider().waitFor();
    const [line, above, below] = await Promise.all(
      [divider(), messageFor(ada, "Read long ago"), messageFor(ada, "To be answered")].map((one) => one.boundingBox()),
    );
    expect(line?.y).toBeGreaterThan(above?.y ?? Infinity);
    expect(line?.y).toBeLessThan(below?.y ?? 0);
    await ada.page.getByRole("link", { name: "team 2 unread" }).waitFor();
    expect(await isBold()).toBe(true);

    await ada.openChannel("elsewhere");
    await ada.page.getByRole("link", { name: "team 2 unread", exact: true }).waitFor();
    await ada.openChannel("team");
    await divider().waitFor();
    await ada.page.getByRole("link", { name: "team", exact: true }).waitFor();
    expect(await isBold()).toBe(false);
  });

  it("ends at the divider by a button, and by Esc", async () => {
    for (const end of ["button", "Escape"]) {
      await choose(messageFor(ada, "To be answered"), "Mark unread");
      await ada.page.getByRole("link", { name: "team 2 unread" }).waitFor();
      if (end === "button") await ada.messages.getByRole("button", { name: "Mark as read" }).click();
      else await ada.page.keyboard.press("Escape");
      await divider().waitFor({ state: "detached" });
      await ada.page.getByRole("link", { name: "team", exact: true }).waitFor();
    }
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
