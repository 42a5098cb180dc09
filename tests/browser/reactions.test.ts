import { routes } from "@connectbest/contract";
import type { Locator } from "playwright-core";
import type { Visitor } from "../src/browser";
import { choose, messageIn, press } from "../src/messages";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
  for (const text of ["We have shipped", "Lunch at noon", "The build is red"])
    await work.accounts.ada.post(work.channel.id, text);
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

const messageFor = (visitor: Visitor, text: string): Locator => messageIn(visitor.messages, text);
const reactionOf = (message: Locator, emoji: string, count: number): Locator =>
  message.getByRole("group", { name: "Reactions" }).getByRole("button", {
    name: `${emoji}, ${count} reaction${count === 1 ? "" : "s"}`,
    exact: true,
  });
const pickerOf = ({ page }: Visitor): Locator => page.getByRole("dialog", { name: "Add a reaction" });
const search = (visitor: Visitor): Locator => pickerOf(visitor).getByRole("searchbox", { name: "Search emoji" });

describe("the picker", () => {
  it("finds by a word, and both see it at once", async () => {
    const message = messageFor(ada, "We have shipped");
    await press(message, "Add a reaction");
    await search(ada).fill("popper");
    await pickerOf(ada).getByRole("button", { name: "party popper" }).click();
    await pickerOf(ada).waitFor({ state: "hidden" });
    await reactionOf(message, "🎉", 1).waitFor();
    await reactionOf(messageFor(bob, "We have shipped"), "🎉", 1).waitFor({ timeout: 2_000 });
  });

  it("finds by a shortcode, and takes the first with Enter", async () => {
    const message = messageFor(ada, "We have shipped");
    await press(message, "Add a reaction");
    await until("one can type", () => search(ada).evaluate((field) => field === document.activeElement));
    await ada.page.keyboard.type(":+1:");
    await pickerOf(ada).getByRole("group", { name: "Found" }).getByRole("button").first().waitFor();
    await search(ada).press("Enter");
    await reactionOf(message, "👍", 1).waitFor();
    await reactionOf(messageFor(bob, "We have shipped"), "👍", 1).waitFor();
  });

  it("says so when no emoji is called so, and Esc closes it", async () => {
    await press(messageFor(ada, "We have shipped"), "Add a reaction");
    await search(ada).fill("qqqq");
    await pickerOf(ada).getByText("No emoji is called so.").waitFor();
    await ada.page.keyboard.press("Escape");
    await pickerOf(ada).waitFor({ state: "hidden" });
  });

  it("keeps the skin tone that was chosen, on every device", async () => {
    const message = messageFor(ada, "Lunch at noon");
    await press(message, "Add a reaction");
    await pickerOf(ada).getByRole("radio", { name: "Medium", exact: true }).click();
    await search(ada).fill("waving hand");
    await pickerOf(ada).getByRole("button", { name: "waving hand" }).click();
    await reactionOf(message, "👋🏽", 1).waitFor();
    await until("the tone is kept", async () => {
      const { user } = await work.accounts.ada.rest.call(routes.me);
      return user.preferences.skinTone === 3;
    });
    await ada.page.reload();
    await press(message, "Add a reaction");
    await pickerOf(ada).getByRole("radio", { name: "Medium", exact: true, checked: true }).waitFor();
    await search(ada).fill("clapping");
    await pickerOf(ada).getByRole("button", { name: "clapping hands" }).click();
    await reactionOf(messageFor(bob, "Lunch at noon"), "👏🏽", 1).waitFor();
  });

  it("shows first what was used last", async () => {
    await press(messageFor(ada, "Lunch at noon"), "Add a reaction");
    await pickerOf(ada).getByRole("tab", { name: "Recently used", selected: true }).waitFor();
    const recent = pickerOf(ada).getByRole("group", { name: "Recently used" }).getByRole("button");
    await recent.first().waitFor();
    const names = await recent.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
    expect(names).toEqual(["clapping hands", "waving hand", "thumbs up", "party popper"]);
    await ada.page.keyboard.press("Escape");
  });
});

describe("a reaction", () => {
  it("is given with one of the quick emoji, and taken back with it", async () => {
    const message = messageFor(bob, "The build is red");
    await press(message, "React with ❤️");
    await reactionOf(messageFor(ada, "The build is red"), "❤️", 1).waitFor();
    await press(message, "React with ❤️");
    await until("it is gone for both", async () => {
      const counts = [bob, ada].map((one) => messageFor(one, "The build is red").getByRole("group").count());
      return (await Promise.all(counts)).every((count) => count === 0);
    });
  });

  it("is joined by a click, says who, and is taken back by another", async () => {
    const [hers, his] = [messageFor(ada, "We have shipped"), messageFor(bob, "We have shipped")];
    await reactionOf(his, "🎉", 1).click();
    await reactionOf(hers, "🎉", 2).hover();
    await until("she reads who", async () => {
      const title = await reactionOf(hers, "🎉", 2).getAttribute("title");
      return title === "you, Bob Stone reacted with 🎉";
    });
    expect(await reactionOf(his, "🎉", 2).getAttribute("aria-pressed")).toBe("true");
    await reactionOf(his, "🎉", 2).click();
    await reactionOf(hers, "🎉", 1).waitFor();
    expect(await reactionOf(his, "🎉", 1).getAttribute("aria-pressed")).toBe("false");
  });

  it("says who also without a mouse", async () => {
    await choose(messageFor(bob, "We have shipped"), "Who reacted");
    const dialog = bob.page.getByRole("dialog", { name: "Who reacted" });
    await dialog.getByRole("region", { name: "🎉, 1 reaction" }).getByText("Ada Lovelace").waitFor();
    await bob.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("is undone and said when the server does not take it", async () => {
    const refusal = { code: "forbidden", error: "You may not react here." };
    await bob.page.route("**/reactions/**", (route) => route.fulfill({ status: 403, json: refusal }));
    const message = messageFor(bob, "The build is red");
    await press(message, "React with 👍");
    const alert = bob.page.getByRole("region", { name: "Notices" }).getByRole("alert");
    await alert.filter({ hasText: refusal.error }).waitFor();
    expect(await message.getByRole("group", { name: "Reactions" }).count()).toBe(0);
    await bob.page.unroute("**/reactions/**");
    await alert.getByRole("button", { name: "Retry" }).click();
    await reactionOf(messageFor(ada, "The build is red"), "👍", 1).waitFor();
  });

  it("stays when it does not get through, and is told when it does", async () => {
    await bob.context.setOffline(true);
    const message = messageFor(bob, "We have shipped");
    await press(message, "React with 👍");
    await reactionOf(message, "👍", 2).waitFor();
    await bob.context.setOffline(false);
    await reactionOf(messageFor(ada, "We have shipped"), "👍", 2).waitFor();
    expect(await bob.page.getByRole("region", { name: "Notices" }).getByRole("alert").count()).toBe(0);
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});
