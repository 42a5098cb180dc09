import { routes, type Channel } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { linkTo, menuItem, panelOf, Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let bob: Visitor;
let channel: Channel;

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  for (const name of ["Cem Kaya", "Dora Maar"]) await stage.person(name);
  channel = await bobPerson.createChannel("launch", [adaPerson]);
  await bobPerson.post(channel.id, "a word of mine");
  [ada, bob] = [await stage.enter(adaPerson), await stage.enter(bobPerson)];
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const directory = () => ada.page.getByRole("region", { name: "People" });
const row = (name: string, presence = "") =>
  directory().getByRole("link", { name: new RegExp(`^${name} .*${presence}$`) });
const profile = () => panelOf(ada, "Profile");
const dialog = () => bob.page.getByRole("dialog", { name: "Set status" });
async function openStatus(): Promise<void> {
  await bob.page.getByRole("button", { name: "Account menu" }).click();
  await menuItem(bob, "Set status").click();
}

describe("the directory", () => {
  it("lists everybody, and finds by a name, an address and nothing", async () => {
    await ada.page.getByRole("link", { name: "People" }).click();
    for (const name of ["Ada Lovelace", "Bob Stone", "Cem Kaya", "Dora Maar", "Olga Owner"]) await row(name).waitFor();
    await row("Ada Lovelace").getByText("you", { exact: true }).waitFor();
    await row("Olga Owner").getByText("admin", { exact: true }).waitFor();
    const search = ada.page.getByRole("searchbox", { name: "Search people" });
    await search.fill("dor");
    await row("Bob Stone").waitFor({ state: "detached" });
    await row("Dora Maar").waitFor();
    await search.fill(bobPerson.email);
    await row("Bob Stone").waitFor();
    await row("Dora Maar").waitFor({ state: "detached" });
    await search.fill("nobody at all");
    await ada.page.getByRole("heading", { name: "Nobody is called so" }).waitFor();
    await search.fill("");
    await row("Dora Maar").waitFor();
  });

  it("shows who somebody is, at an address that can be opened again", async () => {
    await row("Bob Stone").click();
    await profile().getByRole("heading", { name: "Bob Stone" }).waitFor();
    await profile().getByRole("link", { name: bobPerson.email }).waitFor();
    await profile().getByText(`@${bobPerson.me.username}`).waitFor();
    expect(new URL(ada.page.url()).searchParams.get("profile")).toBe(bobPerson.me.id);
    await ada.page.reload();
    await profile().getByRole("heading", { name: "Bob Stone" }).waitFor();
    await ada.page.keyboard.press("Escape");
    await profile().waitFor({ state: "detached" });
    await ada.page.goto(`/chat/people?profile=${"0".repeat(24)}`);
    await profile().getByRole("heading", { name: "There is nobody here" }).waitFor();
  });
});

describe("a status", () => {
  it("is set from a proposal, with an emoji and an end, and seen by others at once", async () => {
    await ada.page.goto(`/chat/people?profile=${bobPerson.me.id}`);
    await profile().getByText("Available").first().waitFor();
    await openStatus();
    await dialog().getByRole("button", { name: "At lunch" }).click();
    expect(await dialog().getByLabel("Message").inputValue()).toBe("🍽️ At lunch");
    expect(await dialog().getByLabel("I am").inputValue()).toBe("away");
    await dialog().getByRole("button", { name: "Choose an emoji" }).click();
    const picker = bob.page.getByRole("dialog", { name: "Choose an emoji" });
    await picker.getByLabel("Search emoji").fill("pizza");
    await picker.getByRole("button", { name: "pizza" }).click();
    await dialog().getByLabel("Until").selectOption({ label: "For 30 minutes" });
    const before = Date.now();
    await dialog().getByRole("button", { name: "Set status" }).click();
    await bob.page.getByText("Your team sees it now.").waitFor();

    await profile().getByText("🍕 🍽️ At lunch").waitFor();
    await profile().getByText("Away").first().waitFor();
    await row("Bob Stone").getByText("🍕 🍽️ At lunch").waitFor();
    await row("Bob Stone", "Away").waitFor();
    const { user } = await bobPerson.rest.call(routes.me);
    const minutes = (Date.parse(user.statusExpiresAt ?? "") - before) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThan(31);
  });

  it("is changed in part, and the rest of it stays", async () => {
    const { user: before } = await bobPerson.rest.call(routes.me);
    await openStatus();
    await until("it is there", async () => (await dialog().getByLabel("Message").inputValue()) === "🍕 🍽️ At lunch");
    await dialog().getByLabel("Message").and(bob.page.locator(":focus")).waitFor();
    await dialog().getByLabel("I am").selectOption("busy");
    await dialog().getByRole("button", { name: "Set status" }).click();
    await row("Bob Stone", "Busy").waitFor();
    const { user } = await bobPerson.rest.call(routes.me);
    expect([user.statusMessage, user.statusExpiresAt]).toEqual([before.statusMessage, before.statusExpiresAt]);
  });

  it("is cleared by one click, for others too", async () => {
    await openStatus();
    await dialog().getByRole("button", { name: "Clear status" }).click();
    await bob.page.getByText("Your status is cleared.").waitFor();
    await profile().getByText("At lunch").waitFor({ state: "detached" });
    await profile().getByText("Available").first().waitFor();
    await row("Bob Stone").getByText("At lunch").waitFor({ state: "detached" });
  });

  it("is gone after its end", async () => {
    const expiresAt = new Date(Date.now() + 3_000).toISOString();
    const body = { status: "busy" as const, statusMessage: "Only for a moment", expiresAt };
    await bobPerson.rest.call(routes.setStatus, { body });
    await profile().getByText("Only for a moment").waitFor();
    await profile().getByText("Busy").first().waitFor();
    await until("it has ended", () => Date.now() > Date.parse(expiresAt));
    await ada.page.reload();
    await profile().getByText("Available").first().waitFor();
    expect(await profile().getByText("Only for a moment").count()).toBe(0);
  });
});

describe("whether somebody is here", () => {
  it("is said in words as they appear to be away, and as they come back", async () => {
    await openStatus();
    await dialog().getByLabel("I am").selectOption({ label: "In a meeting" });
    await dialog().getByRole("button", { name: "Set status" }).click();
    await row("Bob Stone", "In a meeting").waitFor();
    await openStatus();
    await dialog().getByLabel("I am").selectOption({ label: "Available" });
    await dialog().getByRole("button", { name: "Set status" }).click();
    await row("Bob Stone", "Available").waitFor();
  });

  it("changes when they close their page, and when they open it again", async () => {
    await bob.page.goto("about:blank");
    await profile().getByText("Offline").waitFor({ timeout: 30_000 });
    await row("Bob Stone", "Available").waitFor({ state: "detached" });
    await bob.page.goto("/chat");
    await row("Bob Stone", "Available").waitFor();
    await profile().getByText("Available").first().waitFor();
  }, 60_000);
});

describe("another name", () => {
  it("shows everywhere without a reload", async () => {
    await bob.page.goto(`/chat/dm/${adaPerson.me.id}`);
    await bob.page.getByRole("textbox", { name: "Message Ada Lovelace" }).fill("hello");
    await bob.page.keyboard.press("Enter");
    await linkTo(ada, "Bob Stone").waitFor();
    await ada.openChannel("launch");
    await ada.page.getByRole("button", { name: "Members" }).click();
    const members = panelOf(ada, "Members");
    await members.getByRole("link", { name: "Bob Stone" }).waitFor();

    await bob.page.goto("/settings/profile");
    await bob.page.getByLabel("Name", { exact: true }).fill("Robert Stone");
    await bob.page
      .locator("form")
      .filter({ has: bob.page.getByLabel("Phone") })
      .getByRole("button", { name: "Save" })
      .click();
    await bob.page.getByText("Saved.").waitFor();

    await linkTo(ada, "Robert Stone").waitFor();
    await ada.message("a word of mine").getByRole("link", { name: "Robert Stone" }).waitFor();
    await members.getByRole("link", { name: "Robert Stone" }).waitFor();
    await linkTo(ada, "Robert Stone").click();
    await ada.page.getByRole("heading", { level: 1, name: "Robert Stone" }).waitFor();
    await ada.page.getByRole("textbox", { name: "Message Robert Stone" }).waitFor();
    await ada.page.getByRole("link", { name: "People" }).click();
    await row("Robert Stone").waitFor();
    await until("the old one is nowhere", async () => (await ada.page.getByText("Bob Stone").count()) === 0);
  }, 60_000);
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
