import type { Locator } from "playwright-core";
import type { Visitor } from "../src/browser";
import { messageIn } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada } = work);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: work.system.web });
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

async function posted(content: string): Promise<Locator> {
  const { id } = await work.accounts.bob.post(work.channel.id, content);
  const message = ada.messages.locator(`[data-message-id="${id}"]`);
  await message.waitFor();
  return message;
}

describe("a message", () => {
  it("shows what is strong, stressed, struck and code", async () => {
    const message = await posted("**strong** _stressed_ ~~struck~~ `code` <b>plain</b>");
    expect(await message.getByRole("strong").innerText()).toBe("strong");
    expect(await message.getByRole("emphasis").innerText()).toBe("stressed");
    const lineOf = (text: string) =>
      message.getByText(text, { exact: true }).evaluate((element) => getComputedStyle(element).textDecorationLine);
    expect(await lineOf("struck")).toBe("line-through");
    expect(await message.getByRole("code").innerText()).toBe("code");
    expect(await message.innerText()).toContain("<b>plain</b>");
  });

  it("shows quotes, lists and tables", async () => {
    const message = await posted(
      "> wise words\n\n1. first\n2. second\n\n- [x] done\n\n| Who | What |\n|-|-:|\n| Ada | **engine** |",
    );
    expect(await message.getByRole("blockquote").innerText()).toBe("wise words");
    const [numbered, plain] = [message.getByRole("list").first(), message.getByRole("list").last()];
    expect(await numbered.getByRole("listitem").allInnerTexts()).toEqual(["first", "second"]);
    await plain.getByRole("img", { name: "✓" }).waitFor();
    const table = message.getByRole("table");
    expect(await table.getByRole("columnheader").allInnerTexts()).toEqual(["Who", "What"]);
    expect(await table.getByRole("cell", { name: "engine" }).getByRole("strong").count()).toBe(1);
  });

  it("shows links, and only to where one may go", async () => {
    const message = await posted("[here](https://example.org) https://example.net [there](javascript:alert(1))");
    expect(await message.getByRole("link", { name: "here" }).getAttribute("href")).toBe("https://example.org");
    expect(await message.getByRole("link", { name: "https://example.net" }).getAttribute("rel")).toMatch(/noopener/);
    expect(await message.getByRole("link", { name: "there" }).count()).toBe(0);
    expect(await message.innerText()).toContain("[there](javascript:alert(1))");
  });

  it("colours code, and lets one copy it as it is", async () => {
    const code = "const answer: number = 42;\n\treturn answer;";
    const message = await posted("```ts\n" + code + "\n```");
    const colours = () =>
      message
        .getByRole("code")
        .locator("span")
        .evaluateAll((pieces) => new Set(pieces.map((piece) => getComputedStyle(piece).color)).size);
    await until("it has colours", async () => (await colours()) >= 2);
    await message.getByRole("code").hover();
    await message.getByRole("button", { name: "Copy", exact: true }).click();
    await message.getByRole("button", { name: "Copied" }).waitFor();
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  });

  it("folds when it is long, and unfolds", async () => {
    const message = await posted(Array.from({ length: 60 }, (_, i) => `line ${i}`).join("\n"));
    const height = async () => (await message.boundingBox())?.height ?? 0;
    await message.getByRole("button", { name: "Show all of it", expanded: false }).waitFor();
    expect(await height()).toBeLessThan(700);
    await message.getByRole("button", { name: "Show all of it" }).click();
    await until("all of it is shown", async () => (await height()) > 1200);
    await message.getByRole("button", { name: "Show less", expanded: true }).click();
    await until("it is folded", async () => (await height()) < 700);
    const short = await posted("Not long");
    expect(await short.getByRole("button", { name: "Show all of it" }).count()).toBe(0);
  });

  it("runs from right to left where its words do, in the field as well", async () => {
    const message = await posted("مرحبا بالعالم\n\nand from left to right");
    const directionOf = (text: string) =>
      message.getByText(text).evaluate((element) => getComputedStyle(element).direction);
    expect([await directionOf("مرحبا بالعالم"), await directionOf("and from")]).toEqual(["rtl", "ltr"]);
    const field = ada.composer("team");
    await field.fill("שלום");
    expect(await field.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    await field.fill("");
  });

  it("of emoji alone is larger", async () => {
    const size = async (text: string) => {
      const message = await posted(text);
      return message
        .getByText(text)
        .first()
        .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    };
    expect(await size("🎉 🎈")).toBeGreaterThan(1.5 * (await size("party 🎉")));
  });

  it("is shown alike to its author while it is on its way", async () => {
    await ada.context.route("**/api/chat/channels/*/messages", (route) => route.abort());
    await ada.send("team", "**on** its way");
    await messageIn(ada.messages, "on its way").getByRole("strong").waitFor();
    await ada.context.unrouteAll();
    await ada.page.locator("[data-state=sent]", { hasText: "on its way" }).waitFor();
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
