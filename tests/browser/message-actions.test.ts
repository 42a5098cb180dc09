import { routes } from "@connectbest/contract";
import type { Locator } from "playwright-core";
import type { Visitor } from "../src/browser";
import { choose, isInSight, messageIn, noticeOf, openPage, panelOf, press } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: work.system.web });
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const messageFor = (visitor: Visitor, text: string | RegExp): Locator => messageIn(visitor.messages, text);
const editorOf = ({ page }: Visitor): Locator => page.getByRole("textbox", { name: "Edit message" });

/** Ada's, as a program posts it; both see it. */
async function posted(text: string): Promise<{ id: string; hers: Locator; his: Locator }> {
  const { id } = await work.accounts.ada.post(work.channel.id, text);
  const [hers, his] = [ada, bob].map((one) => one.messages.locator(`[data-message-id="${id}"]`));
  if (!hers || !his) throw new Error("Two look at it.");
  await Promise.all([hers.waitFor(), his.waitFor()]);
  return { id, hers, his };
}

const messageOf = async (id: string) =>
  (await work.accounts.bob.rest.call(routes.getMessage, { params: { id } })).message;

describe("editing", () => {
  it("begins from the menu, happens in place, and tells both what was said before", async () => {
    const { hers, his } = await posted("The meeting is at nine");
    await choose(hers, "Edit message");
    expect(await editorOf(ada).inputValue()).toBe("The meeting is at nine");
    await editorOf(ada).fill("The meeting is at ten");
    await editorOf(ada).press("Enter");
    await his.getByText("The meeting is at ten").waitFor();
    const edited = his.getByRole("button", { name: "(edited)" });
    await edited.click();
    const versions = bob.page.getByRole("dialog", { name: "Edit history" }).getByRole("listitem");
    await versions.nth(1).waitFor();
    expect((await versions.allInnerTexts()).map((text) => text.split("\n").at(-1))).toEqual([
      "The meeting is at ten",
      "The meeting is at nine",
    ]);
    await bob.page.keyboard.press("Escape");
    await versions.first().waitFor({ state: "detached" });
    await until("the focus is back", () => edited.evaluate((button) => button === document.activeElement));
  });

  it("begins by E on the message that has the focus, and Esc leaves it as it was", async () => {
    const { id, hers } = await posted("Leave me alone");
    await hers.focus();
    await ada.page.keyboard.press("e");
    await editorOf(ada).fill("Something else");
    await ada.page.keyboard.press("Escape");
    await editorOf(ada).waitFor({ state: "detached" });
    await hers.getByText("Leave me alone").waitFor();
    expect(await messageOf(id)).toMatchObject({ content: "Leave me alone", isEdited: false });
    // The keys go on where they were.
    await ada.page.keyboard.press("e");
    expect(await editorOf(ada).inputValue()).toBe("Leave me alone");
    await ada.page.keyboard.press("Escape");
    await editorOf(ada).waitFor({ state: "detached" });
  });

  it("begins by arrow up in an empty composer, and goes back there", async () => {
    const { hers, his } = await posted("Teh last one");
    await work.accounts.bob.post(work.channel.id, "Not hers");
    await messageFor(ada, "Not hers").waitFor();
    await ada.composer("team").press("ArrowUp");
    await hers.getByRole("textbox", { name: "Edit message" }).fill("The last one");
    await ada.page.keyboard.press("Enter");
    await his.getByText("The last one").waitFor();
    await ada.page.keyboard.type("And on");
    expect(await ada.composer("team").inputValue()).toBe("And on");
    await ada.composer("team").fill("");
  });

  it("is not offered for what others wrote", async () => {
    const { his } = await posted("Hers alone");
    await press(his, "More actions");
    const items = his.getByRole("menuitem");
    await items.first().waitFor();
    const names = await items.allInnerTexts();
    expect(names.map((name) => name.split("\n")[0])).not.toEqual(expect.arrayContaining(["Edit message"]));
    expect(names.join()).not.toMatch(/Delete/);
    await bob.page.keyboard.press("Escape");
  });
});

describe("deleting", () => {
  it("can be undone, and nobody else saw it go; what is not undone goes for both", async () => {
    const [kept, gone] = [await posted("Deleted by mistake"), await posted("Deleted on purpose")];
    const { rev } = await messageOf(kept.id);
    await choose(kept.hers, "Delete");
    await kept.hers.waitFor({ state: "detached" });
    await noticeOf(ada.page, "Message deleted.").getByRole("button", { name: "Undo" }).click();
    await kept.hers.getByText("Deleted by mistake").waitFor();

    await choose(gone.hers, "Delete");
    await gone.hers.waitFor({ state: "detached" });
    // The first would have been told by then: it was deleted earlier.
    await gone.his.waitFor({ state: "detached" });
    expect(await kept.his.innerText()).toContain("Deleted by mistake");
    expect(await messageOf(kept.id)).toMatchObject({ isDeleted: false, rev });
    expect((await messageOf(gone.id)).isDeleted).toBe(true);
    expect(await gone.hers.count()).toBe(0);
  }, 30_000);

  it("by keyboard goes on at the message beside it", async () => {
    const [above, below] = [await posted("Stays where it is"), await posted("Goes in a moment")];
    await below.hers.focus();
    await below.hers.getByRole("button", { name: "More actions" }).focus();
    await ada.page.keyboard.press("Enter");
    await ada.page.getByRole("menuitem").first().and(ada.page.locator(":focus")).waitFor();
    await ada.page.keyboard.press("End");
    await ada.page.keyboard.press("Enter");
    await below.hers.waitFor({ state: "detached" });
    await above.hers.and(ada.page.locator(":focus")).waitFor();
  });

  it("leaves a message on which a thread hangs as a place for it", async () => {
    const { id, hers, his } = await posted("Something to discuss");
    await work.accounts.bob.rest.call(routes.postReply, { params: { id }, body: { content: "Gladly" } });
    await hers.getByRole("link", { name: /1 reply/ }).waitFor();
    await choose(hers, "Delete");
    for (const message of [hers, his]) await message.getByText("This message was deleted.").waitFor();
    expect(await his.innerText()).not.toContain("Something to discuss");
    await his.getByRole("link", { name: /1 reply/ }).click();
    await panelOf(bob.page, "Thread").getByText("Gladly").waitFor();
    await panelOf(bob.page, "Thread").getByText("This message was deleted.").waitFor();
    await bob.page.keyboard.press("Escape");
  }, 30_000);
});

describe("while a message is being edited", () => {
  it("one may look elsewhere in the channel, and finds what was written", async () => {
    const { id } = await posted("To be mended");
    for (let i = 0; i < 40; i++) await work.accounts.bob.post(work.channel.id, `Line ${i}`);
    await ada.message("Line 39").waitFor();
    await ada.composer("team").press("ArrowUp");
    await editorOf(ada).fill("Half mended");
    await ada.messages.hover();
    await until("the newest are in sight, and what is edited is not", async () => {
      await ada.page.mouse.wheel(0, 1_500);
      return (await ada.message("Line 39").isVisible()) && !(await isInSight(editorOf(ada)));
    });
    expect(await editorOf(ada).inputValue()).toBe("Half mended");
    await editorOf(ada).press("Enter");
    await until("it is saved", async () => (await messageOf(id)).content === "Half mended");
    expect(await editorOf(ada).count()).toBe(0);
    await until("the newest are in sight", async () => {
      await ada.page.mouse.wheel(0, 1_500);
      return ada.message("Line 39").isVisible();
    });
  }, 60_000);
});

describe("pinning", () => {
  it("shows it to both, says so in the channel, and fills the panel; unpinning empties it", async () => {
    const { hers, his } = await posted("The door code is 1815");
    await choose(hers, "Pin to channel");
    await his.getByText("Pinned", { exact: true }).waitFor();
    await bob.messages.getByText("Ada Lovelace pinned a message.").waitFor();
    await bob.page.getByRole("button", { name: "Pinned", exact: true }).click();
    const panel = panelOf(bob.page, "Pinned");
    await panel.getByRole("article").filter({ hasText: "The door code is 1815" }).waitFor();

    await hers.focus();
    await ada.page.keyboard.press("p");
    await panel.getByText("Nothing is pinned").waitFor();
    await his.getByText("Pinned", { exact: true }).waitFor({ state: "detached" });
    await ada.page.keyboard.press("p");
    await panel.getByRole("button", { name: "Unpin" }).click();
    await panel.getByText("Nothing is pinned").waitFor();
    await hers.getByText("Pinned", { exact: true }).waitFor({ state: "detached" });
    await panel.getByRole("button", { name: "Close panel" }).click();
  });
});

describe("saving", () => {
  it("keeps it on a page of one's own, until it is taken away there", async () => {
    const { hers, his } = await posted("Read this in the evening");
    await press(hers, "Save");
    await hers.getByRole("button", { name: "Remove from saved", pressed: true }).waitFor();
    await openPage(ada, "Saved");
    const card = ada.page.getByRole("article").filter({ hasText: "Read this in the evening" });
    await card.getByText("#team").waitFor();
    await card.hover();
    await card.getByRole("link", { name: "Show", exact: true }).click();
    await hers.hover();
    await hers.getByRole("button", { name: "Remove from saved" }).waitFor();

    await openPage(ada, "Saved");
    await card.getByRole("button", { name: "Remove from saved" }).click();
    await ada.page.getByText("Nothing saved yet").waitFor();
    await ada.openChannel("team");
    await hers.hover();
    await hers.getByRole("button", { name: "Save", exact: true }).waitFor();
    await his.hover();
    await his.getByRole("button", { name: "Save", exact: true }).waitFor();
  });
});

describe("copying", () => {
  const clipboard = () => ada.page.evaluate(() => navigator.clipboard.readText());

  it("takes the text as it was written, and a link that leads to it", async () => {
    const { id, hers } = await posted("Some **bold** words");
    await choose(hers, "Copy text");
    await noticeOf(ada.page, "Copied.").waitFor();
    expect(await clipboard()).toBe("Some **bold** words");
    await choose(hers, "Copy link");
    await until("the link is there", async () => (await clipboard()).startsWith("http"));
    expect(await clipboard()).toBe(`${work.system.web}/chat/${work.channel.id}?message=${id}`);
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
