import type { Locator } from "playwright-core";
import { Visitor } from "../src/browser";
import { messageIn, noticeOf, sidebarLink } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
/** Another device of Ada's. */
let other: Visitor;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  other = await Visitor.arrive(work.browser, work.system);
  await other.signIn(work.accounts.ada.email, work.accounts.ada.password);
  await other.openChannel("team");
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const holds = (visitor: Visitor, text: string) =>
  until(`the field holds “${text}”`, async () => (await visitor.composer("team").inputValue()) === text);
const cards = ({ page }: Visitor): Locator => page.getByRole("main").getByRole("article");
const openDrafts = async (visitor: Visitor) => {
  await sidebarLink(visitor, "Drafts and scheduled").click();
  await visitor.page.getByRole("heading", { level: 1, name: "Drafts and scheduled" }).waitFor();
};

describe("a draft", () => {
  it("survives a reload, at once", async () => {
    await ada.composer("team").fill("Not quite finished");
    await ada.page.reload();
    await holds(ada, "Not quite finished");
  });

  it("comes to another device, and what is written there comes back", async () => {
    await holds(other, "Not quite finished");
    await other.composer("team").fill("Not quite finished yet");
    await holds(ada, "Not quite finished yet");
  });

  it("stands on the page of drafts, with the way back to it", async () => {
    await openDrafts(ada);
    const draft = cards(ada).filter({ hasText: "Not quite finished yet" });
    await draft.getByText("#team").waitFor();
    expect(await sidebarLink(ada, "Drafts and scheduled").innerText()).toMatch(/1$/);
    await draft.getByRole("link", { name: "Go on writing" }).click();
    await holds(ada, "Not quite finished yet");
  });

  it("is discarded there, on all devices", async () => {
    await openDrafts(ada);
    await cards(ada).getByRole("button", { name: "Discard draft" }).click();
    await ada.page.getByText("No drafts").waitFor();
    await holds(other, "");
    await ada.page.reload();
    await ada.page.getByText("No drafts").waitFor();
    await ada.openChannel("team");
    await holds(ada, "");
  });

  it("is gone from the other device once it was sent", async () => {
    await ada.composer("team").fill("Ready to go");
    await holds(other, "Ready to go");
    await ada.composer("team").press("Enter");
    await bob.message("Ready to go").waitFor();
    await holds(other, "");
    await holds(ada, "");
  });
});

describe("sending later", () => {
  const later = async (text: string, item: string) => {
    await ada.composer("team").fill(text);
    await ada.page.getByRole("button", { name: "Send later" }).click();
    await ada.page.getByRole("menuitem", { name: item }).click();
  };
  const noticeOfFailure = () => ada.page.getByRole("region", { name: "Notices" }).getByRole("alert");
  const moment = (daysAhead: number, time: string) => {
    const day = new Date(Date.now() + daysAhead * 86_400_000);
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}T${time}`;
  };
  const scheduled = (text: string) => cards(ada).filter({ hasText: text });

  it("is thought better of by Esc, and what was written stands", async () => {
    await ada.composer("team").fill("Good morning all");
    await ada.page.getByRole("button", { name: "Send later" }).focus();
    await ada.page.keyboard.press("Enter");
    const items = ada.page.getByRole("menuitem");
    await items.first().and(ada.page.locator(":focus")).waitFor();
    await ada.page.keyboard.press("Escape");
    await items.first().waitFor({ state: "detached" });
    await holds(ada, "Good morning all");
  });

  it("that did not succeed brings back what was written, before what was written since", async () => {
    const refusal = { code: "internal_error", error: "Not now." };
    await ada.page.route("**/api/scheduled-messages", async (route) => {
      await ada.composer("team").fill("And another thing");
      await route.fulfill({ status: 500, json: refusal });
    });
    await later("Good morning all", "Tomorrow");
    await noticeOfFailure().waitFor();
    await holds(ada, "Good morning all\nAnd another thing");
    await ada.page.unroute("**/api/scheduled-messages");
  });

  it("by a word of the menu leads to the page of what is scheduled", async () => {
    await later("Good morning all", "Tomorrow");
    await noticeOf(ada.page, "It will be sent on").getByRole("button", { name: "Show" }).click();
    await scheduled("Good morning all")
      .getByText(/^Leaves on .*9:00 AM$/)
      .waitFor();
    await scheduled("Good morning all").getByText("#team").waitFor();
  });

  it("at a moment of one's own empties the field, and sends nothing now", async () => {
    await ada.openChannel("team");
    await later("See you then", "At another time…");
    const dialog = ada.page.getByRole("dialog", { name: "Send later" });
    await dialog.getByLabel("Send at").fill(moment(3, "17:45"));
    await dialog.getByRole("button", { name: "Send later" }).click();
    await noticeOf(ada.page, "It will be sent on").last().waitFor();
    await holds(ada, "");
    await openDrafts(ada);
    await ada.page.getByRole("link", { name: "Scheduled", exact: true }).click();
    await scheduled("See you then")
      .getByText(/^Leaves on .*5:45 PM$/)
      .waitFor();
    await until("the soonest is first", async () => {
      const texts = await cards(ada).allInnerTexts();
      return texts.length === 2 && /Good morning/.test(texts[0] ?? "");
    });
    expect(await messageIn(bob.messages, "See you then").count()).toBe(0);
  });

  it("can be changed, its words and its time", async () => {
    await scheduled("See you then").getByRole("button", { name: "Edit message" }).click();
    const edit = ada.page.getByRole("dialog", { name: "Edit message" });
    await edit.getByRole("textbox", { name: "Message" }).fill("See you there");
    await edit.getByRole("button", { name: "Save" }).click();
    await scheduled("See you there").getByRole("button", { name: "Change the time" }).click();
    const move = ada.page.getByRole("dialog", { name: "Change the time" });
    expect(await move.getByLabel("Send at").inputValue()).toBe(moment(3, "17:45"));
    await move.getByLabel("Send at").fill(moment(4, "08:15"));
    await move.getByRole("button", { name: "Save" }).click();
    await scheduled("See you there")
      .getByText(/^Leaves on .*8:15 AM$/)
      .waitFor();
    await ada.page.reload();
    await scheduled("See you there")
      .getByText(/^Leaves on .*8:15 AM$/)
      .waitFor();
  });

  it("can be sent now, and be cancelled", async () => {
    await scheduled("See you there").getByRole("button", { name: "Send now" }).click();
    await bob.message("See you there").waitFor();
    await scheduled("See you there").waitFor({ state: "detached" });
    await scheduled("Good morning all").getByRole("button", { name: "Do not send" }).click();
    await ada.page.getByText("Nothing is scheduled").waitFor();
    await ada.page.reload();
    await ada.page.getByText("Nothing is scheduled").waitFor();
    expect(await messageIn(bob.messages, "Good morning all").count()).toBe(0);
  });

  it("leaves no page with an error of its own", () => {
    expect([...work.complaints, ...other.complaints]).toEqual([]);
  });
});
