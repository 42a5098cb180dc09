import { routes } from "@connectbest/contract";
import type { Locator } from "playwright-core";
import { Visitor } from "../src/browser";
import { isInSight, messageIn, panelOf, press, repliesOf, sidebarLink } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
let rootId: string;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  rootId = (await work.accounts.ada.post(work.channel.id, "Where shall we eat?")).id;
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const root = (visitor: Visitor): Locator => visitor.messages.locator(`[data-message-id="${rootId}"]`);
const panel = ({ page }: Visitor): Locator => panelOf(page, "Thread");
const field = (visitor: Visitor): Locator => panel(visitor).getByRole("textbox", { name: "Reply" });
const reply = ({ page }: Visitor, text: string): Locator => messageIn(repliesOf(page), text);
const line = (visitor: Visitor, count: string): Locator => root(visitor).getByRole("link", { name: new RegExp(count) });

async function answer(visitor: Visitor, text: string): Promise<void> {
  await field(visitor).fill(text);
  await field(visitor).press("Enter");
}
const answerAsProgram = (who: "ada" | "bob", text: string) =>
  work.accounts[who].rest.call(routes.postReply, { params: { id: rootId }, body: { content: text } });

describe("a thread", () => {
  it("begins with a reply beside the channel, and leaves a line under its message", async () => {
    await press(root(bob), "Reply in thread");
    await panel(bob).getByText("No replies yet").waitFor();
    await answer(bob, "At the harbour");
    await reply(bob, "At the harbour").waitFor();
    for (const visitor of [ada, bob]) await line(visitor, "1 reply.*last reply").waitFor();
    expect(await ada.message("At the harbour").count()).toBe(0);
    expect(await field(bob).inputValue()).toBe("");
  });

  it("is opened by that line, and goes on live both ways", async () => {
    await line(ada, "1 reply").click();
    await reply(ada, "At the harbour").waitFor();
    await panel(ada).getByText("Where shall we eat?").waitFor();
    await answer(ada, "They are closed");
    await reply(bob, "They are closed").waitFor({ timeout: 2_000 });
    await answer(bob, "Then at the station");
    await reply(ada, "Then at the station").waitFor({ timeout: 2_000 });
    for (const visitor of [ada, bob]) {
      await line(visitor, "3 replies").waitFor();
      await panel(visitor).getByText("3 replies").waitFor();
    }
  });

  it("shows who is typing there, and not in the channel", async () => {
    await field(bob).pressSequentially("Let me think");
    await panel(ada).getByText("Bob Stone is typing…").waitFor();
    expect(await ada.page.getByText("Bob Stone is typing…").count()).toBe(1);
    await field(bob).press("Enter");
    await reply(ada, "Let me think").waitFor();
    await ada.page.getByText("Bob Stone is typing…").waitFor({ state: "detached" });
  });

  it("is closed by Esc, opened again by Back, and by its address alone", async () => {
    await field(ada).press("Escape");
    await panel(ada).waitFor({ state: "detached" });
    expect(ada.page.url()).toBe(`${work.system.web}/chat/${work.channel.id}`);
    await ada.page.goBack();
    await reply(ada, "At the harbour").waitFor();
    await ada.page.goto(`/chat/${work.channel.id}?thread=${rootId}`);
    await reply(ada, "At the harbour").waitFor();
    await panel(ada).getByRole("button", { name: "Close panel" }).click();
    await panel(ada).waitFor({ state: "detached" });
  });
});

describe("following", () => {
  const unread = (visitor: Visitor, count: number) =>
    visitor.page
      .getByRole("link", { name: count === 0 ? "Threads" : `Threads ${count} unread`, exact: true })
      .waitFor();

  it("tells of replies in the sidebar and on the page of threads, until they are read", async () => {
    await ada.openChannel("general");
    await unread(ada, 0);
    await answerAsProgram("bob", "It is eight already");
    await unread(ada, 1);
    await sidebarLink(ada, "Threads").click();
    const main = ada.page.getByRole("main");
    await main.getByText("Where shall we eat?").waitFor();
    await main.getByRole("link", { name: /5 replies.*1 new/ }).click();
    await reply(ada, "It is eight already").waitFor();
    await panel(ada).getByRole("separator", { name: "New messages" }).waitFor();
    await unread(ada, 0);
    await sidebarLink(ada, "Threads").click();
    await main.getByRole("link", { name: /5 replies/ }).waitFor();
    expect(await main.getByText("1 new").count()).toBe(0);
  });

  it("ends and begins at the thread itself", async () => {
    const bell = (name: string, pressed: boolean) => panel(bob).getByRole("button", { name, pressed });
    await bell("Unfollow thread", true).click();
    await bell("Follow thread", false).waitFor();
    await bob.openChannel("general");
    await answerAsProgram("ada", "Nobody hears this");
    // What comes after it is there: so would it be.
    await work.accounts.ada.post(work.channel.id, "Heard in the channel");
    await bob.page.getByRole("link", { name: "team 1 unread" }).waitFor();
    await unread(bob, 0);

    await bob.openChannel("team");
    await line(bob, "6 replies").click();
    await bell("Follow thread", false).click();
    await bell("Unfollow thread", true).waitFor();
    await bob.openChannel("general");
    await answerAsProgram("ada", "Somebody hears this");
    await unread(bob, 1);
    await bob.openChannel("team");
    await line(bob, "7 replies").click();
    await unread(bob, 0);
  });

  it("can be ended from the message's menu, too", async () => {
    await press(root(bob), "More actions");
    await root(bob).getByRole("menuitem", { name: "Unfollow thread" }).click();
    await panel(bob).getByRole("button", { name: "Follow thread", pressed: false }).waitFor();
  });
});

describe("on a telephone", () => {
  let small: Visitor;
  beforeAll(async () => {
    small = await Visitor.arrive(work.browser, work.system, { width: 390, height: 844 });
    const { email, password } = work.accounts.bob;
    await small.signIn(email, password);
  });
  afterAll(() => small?.leave());

  it("a thread covers the conversation and gives it back", async () => {
    await small.page.goto(`/chat/${work.channel.id}`);
    await line(small, "7 replies").click();
    await reply(small, "Somebody hears this").waitFor();
    await until("it has come to rest", async () => {
      const box = await panel(small).boundingBox();
      return box?.x === 0 && box.width === 390;
    });
    expect(await isInSight(small.composer("team"))).toBe(false);
    await answer(small, "From the telephone");
    await ada.openChannel("team");
    await line(ada, "8 replies").waitFor();

    await panel(small).getByRole("button", { name: "Close panel" }).click();
    await panel(small).waitFor({ state: "detached" });
    await line(small, "8 replies").waitFor();
    expect(await isInSight(small.composer("team"))).toBe(true);
  });

  it("leaves no page with an error of its own", () => {
    expect([...work.complaints, ...small.complaints]).toEqual([]);
  });
});
