import { routes } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { linkTo, menuItem, panelOf, Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let bob: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  [ada, bob] = [await stage.enter(adaPerson), await stage.enter(bobPerson)];
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const idIn = ({ page }: Visitor): string => /\/chat\/([0-9a-f]{24})/.exec(page.url())?.[1] ?? "";
const dialog = ({ page }: Visitor) => page.getByRole("dialog");
const heading = ({ page }: Visitor, name: string) => page.getByRole("heading", { name, exact: true });
const weightOf = async (visitor: Visitor, channel: string) =>
  Number(await linkTo(visitor, channel).evaluate((link) => getComputedStyle(link).fontWeight));

describe("creating", () => {
  it("makes of what is typed a name that a channel may have", async () => {
    await ada.page.getByRole("button", { name: "Create channel" }).click();
    const name = dialog(ada).getByLabel("Name", { exact: true });
    const create = dialog(ada).getByRole("button", { name: "Create", exact: true });
    await name.fill("3 X");
    expect(await name.inputValue()).toBe("x");
    expect(await create.isDisabled()).toBe(true);
    await name.fill("Plan_Launch Übung!");
    expect(await name.inputValue()).toBe("plan-launch-ubung");
    await dialog(ada).getByLabel("Description").fill("What we launch, and when");
    await create.click();
    await ada.composer("plan-launch-ubung").waitFor();
    await ada.page.getByText("What we launch, and when").first().waitFor();
    expect(await linkTo(ada, "plan-launch-ubung").getAttribute("aria-current")).toBe("page");
  });

  it("says in words that a public name is taken, and keeps what was typed", async () => {
    await bob.page.getByRole("button", { name: "Create channel" }).click();
    const name = dialog(bob).getByLabel("Name", { exact: true });
    await name.fill("plan-launch-ubung");
    await dialog(bob).getByRole("button", { name: "Create", exact: true }).click();
    await dialog(bob)
      .getByText("There is a public channel #plan-launch-ubung already. Choose another name, or join it.")
      .waitFor();
    expect(await name.inputValue()).toBe("plan-launch-ubung");
    // What is private is seen by nobody else, so its name takes none away.
    await dialog(bob).getByRole("switch", { name: "Private" }).click();
    await dialog(bob).getByRole("button", { name: "Create", exact: true }).click();
    await bob.composer("plan-launch-ubung").waitFor();
    await bob.page.getByText("This is the beginning of the private channel.").waitFor();
  });
});

describe("browsing", () => {
  beforeAll(async () => {
    for (const name of ["garden", "garage", "kitchen"]) await adaPerson.createChannel(name);
  });

  it("finds by the beginning of a name, joins, and opens what is joined already", async () => {
    await bob.page.getByRole("button", { name: "Browse channels" }).click();
    const search = dialog(bob).getByRole("searchbox", { name: "Search channels" });
    await search.fill("gar");
    await dialog(bob).getByRole("button", { name: "Join kitchen" }).waitFor({ state: "detached" });
    const row = dialog(bob).getByRole("listitem").filter({ hasText: "garden" });
    await row.getByText("1 member").waitFor();
    await row.getByRole("button", { name: "Join garden" }).click();
    await bob.composer("garden").waitFor();
    await linkTo(bob, "garden").waitFor();
    await bob.openChannel("general");
    await bob.page.getByRole("button", { name: "Browse channels" }).click();
    await dialog(bob).getByRole("searchbox", { name: "Search channels" }).fill("garden");
    await dialog(bob).getByRole("button", { name: "Open garden" }).click();
    await bob.composer("garden").waitFor();
  });

  it("says when nothing is called so, and offers to create one", async () => {
    await bob.page.getByRole("button", { name: "Browse channels" }).click();
    await dialog(bob).getByRole("searchbox", { name: "Search channels" }).fill("nowhere");
    await dialog(bob).getByText("No channel is called “nowhere”.").waitFor();
    await dialog(bob).getByRole("button", { name: "Create a channel" }).click();
    await bob.page.getByRole("dialog", { name: "Create a channel" }).waitFor();
    await bob.page.keyboard.press("Escape");
    await dialog(bob).waitFor({ state: "detached" });
  });
});

describe("by its address", () => {
  it("a private channel that I am not in is none", async () => {
    const { id } = await adaPerson.createChannel("closed-circle", [], "private");
    await bob.page.goto(`/chat/${id}`);
    await heading(bob, "There is no such channel").waitFor();
    expect(await bob.page.getByText("closed-circle").count()).toBe(0);
  });

  it("a public one offers to be joined", async () => {
    const { id } = await adaPerson.createChannel("open-house");
    await bob.page.goto(`/chat/${id}`);
    await heading(bob, "Join #open-house?").waitFor();
    await bob.page.getByText("You are not in this channel yet. It has 1 member.").waitFor();
    await bob.page.getByRole("button", { name: "Join open-house" }).click();
    await bob.composer("open-house").waitFor();
    await linkTo(bob, "open-house").waitFor();
  });
});

describe("the About panel", () => {
  it("renames and describes, and the others see it without a reload", async () => {
    await ada.openChannel("open-house");
    await bob.openChannel("open-house");
    await ada.page.getByRole("button", { name: "About" }).click();
    const about = panelOf(ada, "About");
    await about.getByLabel("Name", { exact: true }).fill("Full House");
    await about.getByLabel("Description").fill("Everybody is welcome");
    await about.getByRole("button", { name: "Save" }).click();
    await about.getByText("Saved.").waitFor();
    await bob.composer("full-house").waitFor();
    await linkTo(bob, "full-house").waitFor();
    await linkTo(bob, "open-house").waitFor({ state: "detached" });
    await bob.page.getByTitle("Everybody is welcome").waitFor();
    await bob.messages.getByText("Ada Lovelace renamed the channel from #open-house to #full-house.").waitFor();
  });

  it("lets a plain member change neither", async () => {
    await bob.page.getByRole("button", { name: "About" }).click();
    const about = panelOf(bob, "About");
    await about.getByText("Everybody is welcome").waitFor();
    expect(await about.getByLabel("Name", { exact: true }).count()).toBe(0);
    expect(await about.getByRole("button", { name: "Archive channel" }).count()).toBe(0);
  });

  it("sets for myself how loud the channel is: muted, it is bold no more", async () => {
    const about = panelOf(bob, "About");
    const id = idIn(bob);
    await about.getByLabel("Notify me of").selectOption({ label: "Nothing" });
    await until("the server knows the level", async () => {
      const { channel } = await bobPerson.rest.call(routes.getChannel, { params: { id } });
      return channel.membership?.level === "nothing";
    });
    await bob.openChannel("general");
    await adaPerson.post(id, "Is anybody home?");
    await bob.page.getByRole("link", { name: /^full-house.* 1 unread/ }).waitFor();
    expect(await weightOf(bob, "full-house")).toBeGreaterThanOrEqual(600);

    await bob.openChannel("full-house");
    await bob.page.getByRole("button", { name: "About" }).click();
    await about.getByRole("switch", { name: "Mute" }).click();
    await bob.openChannel("general");
    await adaPerson.post(id, "Nobody at all?");
    await bob.page.getByRole("link", { name: /^full-house.* 1 unread/ }).waitFor();
    expect(await weightOf(bob, "full-house")).toBeLessThan(500);
    await bob.page.reload();
    await bob.openChannel("full-house");
    await bob.page.getByRole("button", { name: "About" }).click();
    await about.getByRole("switch", { name: "Mute", checked: true }).waitFor();
    expect(await about.getByLabel("Notify me of").inputValue()).toBe("nothing");
  });
});

describe("archiving", () => {
  it("gives a notice the composer's place for all who look, and clears the sidebar", async () => {
    await bob.openChannel("garden");
    await ada.openChannel("garden");
    await ada.page.getByRole("button", { name: "About" }).click();
    await panelOf(ada, "About").getByRole("button", { name: "Archive channel" }).click();
    const question = ada.page.getByRole("dialog", { name: "Archive #garden?" });
    await question.getByText("It can still be read and found, and opened again.").waitFor();
    await question.getByRole("button", { name: "Archive" }).click();
    for (const visitor of [ada, bob]) {
      await visitor.page.getByText("This channel is archived").waitFor();
      expect(await visitor.composer("garden").count()).toBe(0);
      await linkTo(visitor, "garden").waitFor({ state: "detached" });
    }
    expect(await bob.page.getByRole("button", { name: "Open it again" }).count()).toBe(0);
  });

  it("is undone by who administers it, for all as well", async () => {
    await ada.page.getByRole("button", { name: "Open it again" }).click();
    for (const visitor of [ada, bob]) {
      await visitor.composer("garden").waitFor();
      await linkTo(visitor, "garden").waitFor();
    }
  });
});

describe("leaving", () => {
  it("asks first, and leads elsewhere", async () => {
    await bob.openChannel("garden");
    await bob.page.getByRole("button", { name: "More", exact: true }).click();
    await menuItem(bob, "Leave channel").click();
    const question = bob.page.getByRole("dialog", { name: "Leave #garden?" });
    await question.getByText("You can join again whenever you like.").waitFor();
    await question.getByRole("button", { name: "Stay" }).click();
    await linkTo(bob, "garden").waitFor();
    await bob.page.getByRole("button", { name: "More", exact: true }).click();
    await menuItem(bob, "Leave channel").click();
    await question.getByRole("button", { name: "Leave" }).click();
    await linkTo(bob, "garden").waitFor({ state: "detached" });
    await bob.page.getByRole("textbox", { name: /^Message #(?!garden)/ }).waitFor();
  });

  it("warns that nobody comes back to a private one by themselves", async () => {
    await bob.openChannel("plan-launch-ubung");
    const address = bob.page.url();
    await bob.page.getByRole("button", { name: "More", exact: true }).click();
    await menuItem(bob, "Leave channel").click();
    const question = bob.page.getByRole("dialog", { name: "Leave #plan-launch-ubung?" });
    await question.getByText("It is private: to come back, somebody in it has to add you.").waitFor();
    await question.getByRole("button", { name: "Leave" }).click();
    await linkTo(bob, "plan-launch-ubung").waitFor({ state: "detached" });
    await bob.page.goto(address);
    await heading(bob, "There is no such channel").waitFor();
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
