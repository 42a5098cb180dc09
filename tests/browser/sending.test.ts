import type { Locator } from "playwright-core";
import type { Visitor } from "../src/browser";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
let field: Locator;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  field = ada.composer("team");
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const send = () => ada.page.getByRole("button", { name: "Send", exact: true });
const holds = (text: string) =>
  until(`the field holds ${JSON.stringify(text)}`, async () => (await field.inputValue()) === text);

describe("5,000 characters", () => {
  const counter = () => ada.page.getByRole("status").filter({ hasText: /characters? (left|too many)/ });

  it("are counted down when few are left", async () => {
    await field.fill("a".repeat(4_500));
    expect(await send().isEnabled()).toBe(true);
    expect(await counter().count()).toBe(0);
    await field.fill("a".repeat(4_501));
    await until("few are left", async () => (await counter().innerText()) === "499 characters left");
    await field.fill("a".repeat(4_999));
    await until("one is left", async () => (await counter().innerText()) === "1 character left");
  });

  it("are the most: more are not sent, by no key or button", async () => {
    await field.fill("a".repeat(6_234));
    await until("they are too many", async () => (await counter().innerText()) === "1,234 characters too many");
    expect(await send().isDisabled()).toBe(true);
    expect(await ada.page.getByRole("button", { name: "Send later" }).isDisabled()).toBe(true);
    await field.press("Enter");
    await field.press("Control+Enter");
    expect((await field.inputValue()).length).toBe(6_234);
    expect(await ada.message("aaaa").count()).toBe(0);
    await field.fill("a".repeat(5_000));
    expect(await send().isEnabled()).toBe(true);
    await field.press("Enter");
    await holds("");
    await bob.message("aaaa").waitFor();
  });
});

describe("nothing", () => {
  it("is not sent", async () => {
    for (const text of ["", "   ", "\n\n"]) {
      await field.fill(text);
      expect(await send().isDisabled()).toBe(true);
      await field.press("Control+Enter");
    }
    await field.fill("");
    expect(await ada.page.locator("[data-state=sending], [data-state=failed]").count()).toBe(0);
  });
});

describe("the Enter key", () => {
  it("sends, and Shift makes a new line of it", async () => {
    await field.pressSequentially("one");
    await field.press("Shift+Enter");
    await field.pressSequentially("two");
    await holds("one\ntwo");
    await ada.page.getByText("Shift + Enter for a new line").waitFor();
    await field.press("Enter");
    await bob.message("one").getByText("two").waitFor();
    await holds("");
  });

  it("begins a new line for whoever prefers that; Ctrl with it sends", async () => {
    await ada.page.goto("/settings/profile");
    const kept = ada.page.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
    await ada.page.getByRole("combobox", { name: "Enter key" }).selectOption("Enter begins a new line");
    await kept;
    await ada.page.goto(`/chat/${work.channel.id}`);
    await field.pressSequentially("- three");
    await field.press("Enter");
    await field.pressSequentially("four");
    await holds("- three\n- four");
    await ada.page.getByText("Ctrl + Enter sends").waitFor();
    expect(await ada.message("three").count()).toBe(0);
    await field.press("Control+Enter");
    await bob.message("three").getByText("four").waitFor();
    await holds("");
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
