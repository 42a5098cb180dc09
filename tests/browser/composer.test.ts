import type { Locator } from "playwright-core";
import type { Visitor } from "../src/browser";
import { messageIn } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
let field: Locator;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: work.system.web });
  await work.accounts.ada.createChannel("garden-party");
  field = ada.composer("team");
}, 120_000);
beforeEach(() => field.fill(""));
afterEach(() => work.photograph());
afterAll(() => work?.close());

const holds = (text: string) =>
  until(`the field holds ${JSON.stringify(text)}`, async () => (await field.inputValue()) === text, 5_000).catch(
    async () => expect(await field.inputValue()).toBe(text),
  );

/** Selects a part of what is written, as one does with Shift and the arrows. */
const select = (part: string) =>
  field.evaluate((element, wanted) => {
    if (!(element instanceof HTMLTextAreaElement)) throw new Error("It is no field.");
    const from = element.value.indexOf(wanted);
    element.setSelectionRange(from, from + wanted.length);
  }, part);

describe("marks", () => {
  it.each([
    ["Control+b", "so **very** good"],
    ["Control+i", "so _very_ good"],
    ["Control+e", "so `very` good"],
    ["Control+Shift+X", "so ~~very~~ good"],
  ])("%s puts them around what is selected, and takes them away", async (keys, marked) => {
    await field.fill("so very good");
    await select("very");
    await field.press(keys);
    await holds(marked);
    await field.press(keys);
    await holds("so very good");
    await field.press("Control+z");
    await holds(marked);
  });

  it.each([
    ["Bold", "so **very** good"],
    ["Italic", "so _very_ good"],
    ["Strikethrough", "so ~~very~~ good"],
    ["Code", "so `very` good"],
    ["Link", "so [very]() good"],
    ["List", "- so very good"],
    ["Numbered list", "1. so very good"],
    ["Quote", "> so very good"],
    ["Code block", "so \n```\nvery\n```\n good"],
  ])("the bar has one for %s", async (name, marked) => {
    const bar = ada.page.getByRole("toolbar", { name: "Formatting" });
    if (!(await bar.isVisible())) await ada.page.getByRole("button", { name: "Formatting", exact: true }).click();
    await field.fill("so very good");
    await select("very");
    await bar.getByRole("button", { name, exact: true }).click();
    await holds(marked);
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("an address pasted over words makes them a link, and alone it stays an address", async () => {
    await ada.page.evaluate(() => navigator.clipboard.writeText("https://example.org/a?b=c"));
    await field.fill("read this first");
    await select("this");
    await field.press("Control+v");
    await holds("read [this](https://example.org/a?b=c) first");
    await field.fill("");
    await field.press("Control+v");
    await holds("https://example.org/a?b=c");
  });
});

describe("new lines", () => {
  it("go on with a list, and end it after an empty item", async () => {
    await field.pressSequentially("- milk");
    await field.press("Shift+Enter");
    await field.pressSequentially("bread");
    await field.press("Shift+Enter");
    await holds("- milk\n- bread\n- ");
    await field.press("Shift+Enter");
    await holds("- milk\n- bread\n");
    await field.fill("");
    await field.pressSequentially("9. nine");
    await field.press("Shift+Enter");
    await holds("9. nine\n10. ");
  });

  it("within a fence of code come with Enter alone; Ctrl+Enter sends", async () => {
    await field.pressSequentially("```ts");
    await field.press("Enter");
    await field.pressSequentially("const a = 1;");
    await field.press("Enter");
    await field.pressSequentially("```");
    await holds("```ts\nconst a = 1;\n```");
    expect(await ada.message("const a = 1;").count()).toBe(0);
    await field.press("Enter");
    await holds("");
    await bob.message("const a = 1;").getByRole("code").waitFor();
    await field.fill("```\nstill open");
    await field.press("Control+Enter");
    await bob.message("still open").waitFor();
  });
});

describe("completing", () => {
  const list = () => ada.page.getByRole("listbox", { name: "Suggestions" });
  const option = (name: string | RegExp) => list().getByRole("option", { name });
  const chosen = (name: string | RegExp) => list().getByRole("option", { name, selected: true });

  it("a person by Tab, by their beginning", async () => {
    await field.pressSequentially("Ask @bo");
    await chosen(/^Bob Stone/).waitFor();
    await field.press("Tab");
    await holds(`Ask @${work.accounts.bob.me.username} `);
    await list().waitFor({ state: "detached" });
    await field.press("Enter");
    await ada
      .message("Ask")
      .getByRole("link", { name: `@${work.accounts.bob.me.username}` })
      .waitFor();
  });

  it("everybody by the arrows and Enter, which then sends nothing", async () => {
    await field.pressSequentially("@");
    await option(/^@channel/).waitFor();
    await chosen(/^Bob Stone/).waitFor();
    await field.press("ArrowDown");
    await chosen(/^@channel/).waitFor();
    await field.press("ArrowDown");
    await chosen(/^@here/).waitFor();
    await field.press("ArrowDown");
    await chosen(/^Bob Stone/).waitFor();
    await field.press("ArrowUp");
    await field.press("ArrowUp");
    await chosen(/^@channel/).waitFor();
    await field.press("Enter");
    await holds("@channel ");
  });

  it("does not take whom was found before for whom is meant now", async () => {
    await field.pressSequentially("@bo");
    await option(/^Bob Stone/).waitFor();
    await ada.page.route("**/users/search?**", () => undefined);
    await field.pressSequentially("b");
    await option(/^Bob Stone/).waitFor();
    await field.press("Backspace");
    await field.press("Backspace");
    await field.pressSequentially("r");
    expect(await list().count()).toBe(0);
    await ada.page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("a channel by a word within its name, by a click", async () => {
    await field.pressSequentially("See #par");
    await option(/^#garden-party/).click();
    await holds("See #garden-party ");
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await field.press("Enter");
    const message = messageIn(ada.messages, "See #garden-party");
    await message.getByRole("link", { name: "#garden-party" }).waitFor();
    // Bob is not in it: for him it is a word.
    await bob.message("See #garden-party").waitFor();
    expect(await bob.message("See #garden-party").getByRole("link", { name: "#garden-party" }).count()).toBe(0);
  });

  it("an emoji by its shortcode, from two letters on", async () => {
    await field.pressSequentially("Well done :t");
    expect(await list().count()).toBe(0);
    await field.pressSequentially("ad");
    await chosen(/^:tada:/).waitFor();
    await field.press("Enter");
    await holds("Well done 🎉 ");
  });

  it("ends with Esc, and what is written stays", async () => {
    await field.pressSequentially("at @bo");
    await option(/^Bob Stone/).waitFor();
    await field.press("Escape");
    await list().waitFor({ state: "detached" });
    await field.pressSequentially("b");
    await holds("at @bob");
    expect(await list().count()).toBe(0);
    await field.press("Enter");
    await bob.message("at @bob").waitFor();
  });

  it("makes a closed shortcode the emoji, but not within code", async () => {
    await field.pressSequentially("Hurray :tada:");
    await holds("Hurray 🎉");
    await field.fill("```\n");
    await field.pressSequentially(":tada: ");
    await holds("```\n:tada: ");
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
