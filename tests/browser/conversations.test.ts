import { routes } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { linkTo, menuItem, panelOf, sidebarOf, Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let bob: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  for (const name of ["Cem Kaya", "Dora Maar"]) await stage.person(name);
  for (const name of ["design", "finance", "launch"]) await adaPerson.createChannel(name, [bobPerson]);
  await adaPerson.createChannel("inner-circle", [bobPerson], "private");
  [ada, bob] = [await stage.enter(adaPerson), await stage.enter(bobPerson)];
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const dialog = ({ page }: Visitor) => page.getByRole("dialog");
/** The names that a part of the sidebar lists, in order. */
async function listed(visitor: Visitor, title: string): Promise<string[]> {
  const heading = visitor.page.getByRole("heading", { name: title, exact: true });
  return sidebarOf(visitor).locator("section").filter({ has: heading }).getByRole("link").allInnerTexts();
}
const expectListed = (visitor: Visitor, title: string, names: string[]) =>
  until(`${title} lists ${names.join(", ") || "nothing"}`, async () => {
    return JSON.stringify(await listed(visitor, title)) === JSON.stringify(names);
  });
const sectionTitles = (visitor: Visitor) => sidebarOf(visitor).getByRole("heading", { level: 2 }).allInnerTexts();
async function choose(visitor: Visitor, item: string): Promise<void> {
  await visitor.page.getByRole("button", { name: "More", exact: true }).click();
  await menuItem(visitor, item).click();
}

describe("the members panel", () => {
  const members = (visitor: Visitor) => panelOf(visitor, "Members").getByRole("list", { name: "Members" });
  const row = (visitor: Visitor, name: string) => members(visitor).getByRole("listitem").filter({ hasText: name });
  const more = (visitor: Visitor, name: string) =>
    row(visitor, name)
      .getByRole("button", { name: `More about ${name}` })
      .click();

  it("adds somebody by a part of their name", async () => {
    await ada.openChannel("inner-circle");
    await ada.page.getByRole("button", { name: "Members" }).click();
    await members(ada)
      .getByRole("link", { name: /^Ada Lovelace you/ })
      .waitFor();
    await panelOf(ada, "Members").getByRole("searchbox", { name: "Add people" }).fill("cem");
    await panelOf(ada, "Members").getByRole("button", { name: "Add Cem Kaya" }).click();
    await row(ada, "Cem Kaya").waitFor();
    await ada.messages.getByText("Ada Lovelace added Cem Kaya.").waitFor();
    const candidates = panelOf(ada, "Members").getByRole("list", { name: "People to add" });
    await candidates.getByRole("listitem").filter({ hasText: "Cem Kaya" }).getByText("Member").waitFor();
  });

  it("makes administrators and plain members, who may at once do more and less", async () => {
    await bob.openChannel("inner-circle");
    await bob.page.getByRole("button", { name: "Members" }).click();
    await more(bob, "Cem Kaya");
    await menuItem(bob, "Show profile").waitFor();
    expect(await menuItem(bob, "Remove from channel").count()).toBe(0);
    await bob.page.keyboard.press("Escape");

    await more(ada, "Bob Stone");
    await menuItem(ada, "Make administrator").click();
    await row(ada, "Bob Stone").getByText("admin").waitFor();
    await row(bob, "Bob Stone").getByText("admin").waitFor();
    await more(bob, "Cem Kaya");
    await menuItem(bob, "Remove from channel").waitFor();
    await bob.page.keyboard.press("Escape");

    await more(ada, "Bob Stone");
    await menuItem(ada, "Make plain member").click();
    await row(ada, "Bob Stone").getByText("admin").waitFor({ state: "detached" });
    await row(bob, "Bob Stone").getByText("admin").waitFor({ state: "detached" });
    await more(bob, "Cem Kaya");
    await menuItem(bob, "Show profile").waitFor();
    expect(await menuItem(bob, "Remove from channel").count()).toBe(0);
    await bob.page.keyboard.press("Escape");
  });

  it("removes somebody, who loses the channel at once", async () => {
    await more(ada, "Bob Stone");
    await menuItem(ada, "Remove from channel").click();
    await row(ada, "Bob Stone").waitFor({ state: "detached" });
    await linkTo(bob, "inner-circle").waitFor({ state: "detached" });
    await bob.page.getByRole("heading", { name: "There is no such channel" }).waitFor();
    expect(await bob.page.getByText("added Cem Kaya").count()).toBe(0);
  });
});

describe("the sidebar as I sort it", () => {
  it("keeps favourites above everything, until they are none", async () => {
    await ada.openChannel("launch");
    await choose(ada, "Add to favourites");
    await expectListed(ada, "Favourites", ["launch"]);
    expect(await listed(ada, "Channels")).not.toContain("launch");
    await ada.page.reload();
    await expectListed(ada, "Favourites", ["launch"]);
    await choose(ada, "Remove from favourites");
    await expectListed(ada, "Favourites", []);
    expect(await listed(ada, "Channels")).toContain("launch");
  });

  it("makes sections and moves channels between them", async () => {
    await choose(ada, "Move to section…");
    await dialog(ada).getByLabel("New section").fill("Projects");
    await dialog(ada).getByRole("button", { name: "Add" }).click();
    await dialog(ada).getByRole("radio", { name: "Projects", checked: true }).waitFor();
    await dialog(ada).getByRole("button", { name: "Close" }).click();
    await expectListed(ada, "Projects", ["launch"]);

    await ada.openChannel("finance");
    await choose(ada, "Move to section…");
    await dialog(ada).getByRole("radio", { name: "Projects" }).check();
    await dialog(ada).getByLabel("New section").fill("Money");
    await dialog(ada).getByRole("button", { name: "Add" }).click();
    await dialog(ada).getByRole("radio", { name: "Money", checked: true }).waitFor();
    await expectListed(ada, "Money", ["finance"]);
    await expectListed(ada, "Projects", ["launch"]);
  });

  it("orders them, and keeps all of it for other devices", async () => {
    expect((await sectionTitles(ada)).slice(0, 2)).toEqual(["Projects", "Money"]);
    await dialog(ada).getByRole("button", { name: "Move Money up" }).click();
    await until("Money is first", async () => (await sectionTitles(ada))[0] === "Money");
    const elsewhere = await stage.enter(adaPerson);
    await linkTo(elsewhere, "finance").waitFor();
    expect((await sectionTitles(elsewhere)).slice(0, 2)).toEqual(["Money", "Projects"]);
    await elsewhere.leave();
  });

  it("puts a channel back in its place, and those of a removed section", async () => {
    await dialog(ada).getByRole("radio", { name: "No section" }).check();
    await until("finance is among the channels", async () => (await listed(ada, "Channels")).includes("finance"));
    await dialog(ada).getByRole("button", { name: "Remove section Projects" }).click();
    await until("launch, too", async () => (await listed(ada, "Channels")).includes("launch"));
    expect(await sectionTitles(ada)).toEqual(["Money", "Channels", "Direct messages"]);
    await dialog(ada).getByRole("button", { name: "Remove section Money" }).click();
    await ada.page.keyboard.press("Escape");
    await until("no section is left", async () => (await sectionTitles(ada)).length === 2);
  });
});

describe("direct messages", () => {
  const chosen = (visitor: Visitor) => dialog(visitor).getByRole("list", { name: "Chosen" }).getByRole("listitem");
  const add = (visitor: Visitor, name: string) =>
    dialog(visitor)
      .getByRole("button", { name: `Add ${name} to a group` })
      .click();
  const box = (visitor: Visitor, names: RegExp) => visitor.page.getByRole("textbox", { name: names });
  const group = /^Message (Bob, Cem|Cem, Bob)$/;

  it("with several begin by choosing them", async () => {
    await ada.page.getByRole("button", { name: "New message" }).click();
    await add(ada, "Bob Stone");
    await add(ada, "Dora Maar");
    await dialog(ada).getByRole("searchbox", { name: "Search people" }).fill("cem");
    await dialog(ada)
      .getByRole("button", { name: /^Cem Kaya/ })
      .click();
    expect(await chosen(ada).allInnerTexts()).toEqual(["Bob Stone", "Dora Maar", "Cem Kaya"]);
    await dialog(ada).getByRole("button", { name: "Leave out Dora Maar" }).click();
    expect(await chosen(ada).allInnerTexts()).toEqual(["Bob Stone", "Cem Kaya"]);
    await dialog(ada).getByRole("button", { name: "Start" }).click();
    await box(ada, group).fill("Only the three of us");
    await box(ada, group).press("Enter");
    await ada.message("Only the three of us").waitFor();
    const address = ada.page.url();

    const link = sidebarOf(bob).getByRole("link", {
      name: /^(Ada, Cem|Cem, Ada) 1 unread/,
    });
    await link.click();
    await bob.message("Only the three of us").waitFor();

    await ada.openChannel("general");
    await ada.page.getByRole("button", { name: "New message" }).click();
    await add(ada, "Cem Kaya");
    await add(ada, "Bob Stone");
    await dialog(ada).getByRole("button", { name: "Start" }).click();
    await ada.message("Only the three of us").waitFor();
    expect(ada.page.url()).toBe(address);
    const { channels } = await adaPerson.rest.call(routes.listChannels);
    expect(channels.filter(({ type }) => type === "dm")).toHaveLength(1);
  });

  it("with one begin at their profile", async () => {
    await bob.page.goto(`/chat/people?profile=${adaPerson.me.id}`);
    await panelOf(bob, "Profile").getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    await panelOf(bob, "Profile").getByRole("button", { name: "Write a message" }).click();
    await box(bob, /^Message Ada Lovelace$/).fill("Between you and me");
    await box(bob, /^Message Ada Lovelace$/).press("Enter");
    await sidebarOf(ada)
      .getByRole("link", { name: /^Bob Stone.* 1 unread/ })
      .click();
    await ada.message("Between you and me").waitFor();
    expect(ada.page.url()).toBe(`${stage.system.web}/chat/dm/${bobPerson.me.id}`);
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
