import { routes, type Channel } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { linkTo, panelOf, Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let channel: Channel;
let other: Channel;

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  other = await bobPerson.createChannel("elsewhere", [adaPerson]);
  channel = await bobPerson.createChannel("launch", [adaPerson]);
  for (let n = 1; n <= 6; n++) await (n % 2 ? bobPerson : adaPerson).post(channel.id, `message ${n}`);
  ada = await stage.enter(adaPerson);
  await ada.openChannel("launch");
  await ada.message("message 6").waitFor();
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const press = (keys: string) => ada.page.keyboard.press(keys);
/** Waits until the focus is on a message itself. */
const isOn = (text: string) => ada.message(text).and(ada.page.locator("article:focus")).waitFor();
/** What has the focus: whether a message, something in one, the list, the composer. */
const focused = () =>
  ada.page.evaluate(() => {
    const element = document.activeElement;
    const article = element?.closest("article");
    if (article) return `${element === article ? "" : "in "}${/message \d/.exec(article.textContent)?.[0]}`;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  });

describe("among messages", () => {
  it("Tab stops at one of them, the latest, and then at what can be done with it", async () => {
    await ada.messages.focus();
    const stops: string[] = [];
    for (let i = 0; i < 40 && stops.at(-1) !== "Message #launch"; i++) {
      await press("Tab");
      stops.push(await focused());
    }
    expect(stops.at(-1)).toBe("Message #launch");
    const ofMessages = new Set(stops.filter((stop) => /message \d/.test(stop)));
    expect([...ofMessages]).toEqual(["message 6", "in message 6"]);
  });

  it("the arrows go on from it, and the stop stays where one was", async () => {
    await ada.message("message 6").focus();
    await press("ArrowUp");
    await isOn("message 5");
    await press("ArrowUp");
    await isOn("message 4");
    await press("ArrowDown");
    await isOn("message 5");
    await press("ArrowUp");
    await ada.composer("launch").focus();
    for (let i = 0; i < 20 && !(await focused()).includes("message"); i++) await press("Shift+Tab");
    expect(await focused()).toMatch(/message 4$/);
  });

  it("Tab finds them also below a line about the channel, which is none", async () => {
    const cem = await stage.person("Cem Kaya");
    const params = { id: channel.id };
    await bobPerson.rest.call(routes.addMember, { params, body: { userId: cem.me.id } });
    await ada.messages.getByText("Bob Stone added Cem Kaya.").waitFor();
    await ada.page.reload();
    await ada.message("message 6").waitFor();
    await ada.messages.getByText("Bob Stone added Cem Kaya.").waitFor();
    await ada.messages.focus();
    const stops: string[] = [];
    for (let i = 0; i < 40 && stops.at(-1) !== "Message #launch"; i++) {
      await press("Tab");
      stops.push(await focused());
    }
    expect(stops).toContain("message 6");
  });
});

describe("on a message", () => {
  it("R opens its thread, and Esc closes it and comes back", async () => {
    await ada.message("message 5").focus();
    await press("r");
    await panelOf(ada, "Thread").waitFor();
    await ada.page.getByRole("textbox", { name: "Reply" }).and(ada.page.locator(":focus")).waitFor();
    await press("Escape");
    await panelOf(ada, "Thread").waitFor({ state: "detached" });
    await isOn("message 5");
  });

  it("E edits one's own, and only that", async () => {
    const field = ada.page.getByRole("textbox", { name: "Edit message" });
    await ada.message("message 5").focus();
    await press("e");
    await isOn("message 5");
    expect(await field.count()).toBe(0);
    await press("ArrowDown");
    await isOn("message 6");
    await press("e");
    await field.and(ada.page.locator(":focus")).waitFor();
    await field.fill("message 6, mended");
    await press("Enter");
    await ada.message("message 6, mended").getByText("(edited)").waitFor();
    await isOn("message 6, mended");
  });

  it("S saves, P pins, and both are taken back alike", async () => {
    await ada.message("message 3").focus();
    const saved = async () => (await adaPerson.rest.call(routes.listBookmarks)).bookmarks.length;
    const pinned = async () =>
      (await adaPerson.rest.call(routes.listPins, { params: { id: channel.id } })).messages.length;
    const remove = ada.message("message 3").getByRole("button", { name: "Remove from saved" });
    await press("s");
    await remove.waitFor();
    await until("it is saved", async () => (await saved()) === 1);
    await press("s");
    await remove.waitFor({ state: "detached" });
    await until("it is not", async () => (await saved()) === 0);
    await press("p");
    await ada.message("message 3").getByText("Pinned").waitFor();
    await until("it is pinned", async () => (await pinned()) === 1);
    await press("p");
    await ada.message("message 3").getByText("Pinned").waitFor({ state: "detached" });
    await until("it is not", async () => (await pinned()) === 0);
    await isOn("message 3");
  });

  it("U leaves it unread, and Esc reads it", async () => {
    await ada.message("message 5").focus();
    await press("u");
    await ada.page.getByRole("link", { name: "launch 1 unread" }).waitFor();
    await ada.messages.getByRole("separator", { name: "New messages" }).waitFor();
    await press("Escape");
    await ada.page.getByRole("link", { name: "launch 1 unread" }).waitFor({ state: "detached" });
    await ada.messages.getByRole("separator", { name: "New messages" }).waitFor({ state: "detached" });
  });
});

describe("Esc", () => {
  it("closes the newest thing first, and at last marks as read", async () => {
    await ada.message("message 5").focus();
    await press("u");
    await ada.page.getByRole("link", { name: "launch 1 unread" }).waitFor();
    await ada.page.getByRole("button", { name: "About" }).click();
    const about = panelOf(ada, "About");
    await about.waitFor();
    await ada.message("message 3").hover();
    await ada.message("message 3").getByRole("button", { name: "More actions" }).click();
    await ada.page.getByRole("menu", { name: "More actions" }).waitFor();
    await press("Escape");
    await ada.page.getByRole("menu").waitFor({ state: "detached" });
    await about.waitFor();
    await press("Control+/");
    await ada.page.getByRole("dialog").waitFor();
    await press("Escape");
    await ada.page.getByRole("dialog").waitFor({ state: "detached" });
    await about.waitFor();
    await press("Escape");
    await about.waitFor({ state: "detached" });
    expect(await ada.page.getByRole("link", { name: "launch 1 unread" }).count()).toBe(1);
    await press("Escape");
    await ada.page.getByRole("link", { name: "launch 1 unread" }).waitFor({ state: "detached" });
  });

  it("gives the focus back to what opened a message's menu and a panel", async () => {
    await ada.message("message 3").focus();
    await ada.message("message 3").getByRole("button", { name: "More actions" }).focus();
    await press("Enter");
    await ada.page.getByRole("menu", { name: "More actions" }).waitFor();
    await press("Escape");
    await ada
      .message("message 3")
      .getByRole("button", { name: "More actions" })
      .and(ada.page.locator(":focus"))
      .waitFor();
    await ada.page.getByRole("button", { name: "Files", exact: true }).focus();
    await press("Enter");
    await panelOf(ada, "Files").waitFor();
    await press("Escape");
    await panelOf(ada, "Files").waitFor({ state: "detached" });
    await ada.page.getByRole("button", { name: "Files", exact: true }).and(ada.page.locator(":focus")).waitFor();
  });
});

describe("for those who listen", () => {
  /** Everything that a live region came to say, from now on. */
  async function listen(): Promise<() => Promise<string[]>> {
    await ada.page.evaluate(() => {
      const said: string[] = [];
      const observer = new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest("[aria-live]");
          if (region && region.getAttribute("aria-live") !== "off" && region.textContent) said.push(region.textContent);
        }
      });
      observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      Object.assign(window, { said });
    });
    return () => ada.page.evaluate(() => (window as unknown as { said: string[] }).said);
  }

  it("what arrives in the open channel is said once, and what arrives elsewhere or is one's own is not", async () => {
    const said = await listen();
    await bobPerson.post(other.id, "not to be heard");
    await linkTo(ada, "elsewhere")
      .and(ada.page.getByRole("link", { name: "elsewhere 1 unread" }))
      .waitFor();
    await ada.send("launch", "my own words");
    await ada.page.locator("[data-state=sent]", { hasText: "my own words" }).waitFor();
    await bobPerson.post(channel.id, "hear, hear");
    await ada.message("hear, hear").waitFor();
    await until("it is said", async () => (await said()).length > 0);
    await bobPerson.post(channel.id, "and again");
    await until("the next, too", async () => (await said()).length > 1);
    expect(await said()).toEqual(["Bob Stone in launch: hear, hear", "Bob Stone in launch: and again"]);
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
