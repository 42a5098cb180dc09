import { shortcuts, type ShortcutName } from "../../frontend/src/lib/keyboard/shortcuts";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { linkTo, menuItem, sidebarOf, Stage } from "../src/stage";

let stage: Stage;
let bobPerson: Person;
let ada: Visitor;
const ids: Record<string, string> = {};

beforeAll(async () => {
  stage = await Stage.open();
  const adaPerson = await stage.person("Ada Lovelace");
  bobPerson = await stage.person("Bob Stone");
  await stage.person("Zoe Zimmer");
  for (const name of ["kitchen", "launch", "wiki"]) ids[name] = (await bobPerson.createChannel(name, [adaPerson])).id;
  ada = await stage.enter(adaPerson);
  await ada.composer("general").waitFor();
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const press = (keys: string) => ada.page.keyboard.press(keys);
const dialog = (name?: string) => ada.page.getByRole("dialog", name ? { name, exact: true } : {});
const current = () => sidebarOf(ada).getByRole("link").and(ada.page.locator("[aria-current=page]"));
const arrivesAt = (name: string) => current().and(linkTo(ada, name)).waitFor();
const heading = (name: string) => ada.page.getByRole("heading", { level: 1, name, exact: true });

describe("Ctrl+K", () => {
  const options = () => dialog("Go to").getByRole("option");
  const chosen = () => dialog("Go to").getByRole("option", { selected: true });

  it("offers where I was last, the latest first, and the place where I am at the end", async () => {
    for (const name of ["wiki", "launch", "kitchen"]) await ada.openChannel(name);
    await press("Control+k");
    await options().first().waitFor();
    const names = await options().allInnerTexts();
    expect(names.map((name) => name.trim())).toEqual(["launch", "wiki", "general", "kitchen"]);
    await press("Enter");
    await dialog().waitFor({ state: "detached" });
    await arrivesAt("launch");
  });

  it("finds by letters in their order, and goes by arrows and Enter", async () => {
    await ada.openChannel("general");
    await press("Control+k");
    await ada.page.keyboard.type("lnch");
    await chosen().filter({ hasText: "launch" }).waitFor();
    await press("ArrowDown");
    await chosen().filter({ hasText: "Search messages for “lnch”" }).waitFor();
    await press("ArrowUp");
    await press("Enter");
    await arrivesAt("launch");
  });

  it("finds people to whom I never wrote", async () => {
    await press("Control+k");
    await ada.page.keyboard.type("zoe");
    await chosen().filter({ hasText: "Zoe Zimmer" }).waitFor();
    await press("Enter");
    await ada.page.getByRole("textbox", { name: "Message Zoe Zimmer" }).waitFor();
  });

  it("is closed by one Esc, also with letters in its field, and gives the focus back", async () => {
    await ada.openChannel("launch");
    await ada.composer("launch").focus();
    await press("Control+k");
    await ada.page.keyboard.type("gen");
    await chosen().filter({ hasText: "general" }).waitFor();
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
    await ada.composer("launch").and(ada.page.locator(":focus")).waitFor();
    await arrivesAt("launch");
  });
});

describe("from conversation to conversation", () => {
  it("Alt with the arrows goes down and up the sidebar, and around its ends", async () => {
    await ada.openChannel("kitchen");
    await press("Alt+ArrowDown");
    await arrivesAt("launch");
    await press("Alt+ArrowUp");
    await arrivesAt("kitchen");
    await press("Alt+ArrowUp");
    await arrivesAt("general");
    await press("Alt+ArrowUp");
    await arrivesAt("Zoe Zimmer");
    await press("Alt+ArrowDown");
    await arrivesAt("general");
  });

  it("with Shift only to what is unread, down and up", async () => {
    for (const name of ["kitchen", "wiki"]) await bobPerson.post(ids[name] ?? "", `news in ${name}`);
    for (const name of ["kitchen", "wiki"]) await ada.page.getByRole("link", { name: `${name} 1 unread` }).waitFor();
    await ada.openChannel("launch");
    await press("Alt+Shift+ArrowDown");
    await arrivesAt("wiki");
    await ada.page.getByRole("link", { name: "wiki 1 unread" }).waitFor({ state: "detached" });
    await press("Alt+Shift+ArrowUp");
    await arrivesAt("kitchen");
    await ada.page.getByRole("link", { name: "kitchen 1 unread" }).waitFor({ state: "detached" });
    await press("Alt+Shift+ArrowDown");
    await ada.message("news in kitchen").waitFor();
    await arrivesAt("kitchen");
  });
});

describe("each shortcut", () => {
  /** What Ctrl+/ lists, and what to press for it. */
  const all: Record<ShortcutName, readonly [name: string, shown: string, keys: string]> = {
    switcher: ["Go to a conversation", "Ctrl K", "Control+k"],
    shortcuts: ["These keys", "Ctrl /", "Control+/"],
    search: ["Search messages", "Ctrl G", "Control+g"],
    newMessage: ["New message", "Alt N", "Alt+n"],
    browse: ["Browse channels", "Ctrl ⇧ L", "Control+Shift+L"],
    previous: ["Previous conversation", "Alt ↑", "Alt+ArrowUp"],
    next: ["Next conversation", "Alt ↓", "Alt+ArrowDown"],
    previousUnread: ["Previous unread conversation", "Alt ⇧ ↑", "Alt+Shift+ArrowUp"],
    nextUnread: ["Next unread conversation", "Alt ⇧ ↓", "Alt+Shift+ArrowDown"],
    activity: ["Activity", "Ctrl ⇧ M", "Control+Shift+M"],
    threads: ["Threads", "Alt T", "Alt+t"],
  };

  it("is listed by Ctrl+/ with its keys", async () => {
    expect(Object.keys(all).sort()).toEqual(Object.keys(shortcuts).sort());
    await press("Control+/");
    const everywhere = dialog("Keyboard shortcuts").locator("section").first();
    await everywhere.getByRole("heading", { name: "Everywhere" }).waitFor();
    const rows = await everywhere.locator("dl > div").evaluateAll((found) =>
      found.map((row) => {
        const keys = [...row.querySelectorAll("kbd")].map((key) => key.textContent);
        return [row.querySelector("dt")?.textContent, keys.join(" ")];
      }),
    );
    expect(rows).toEqual([
      ...Object.keys(shortcuts).map((name) => all[name as ShortcutName].slice(0, 2)),
      ["Close what is open; mark as read", "Esc"],
    ]);
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
  });

  it.each(["switcher", "newMessage", "browse", "shortcuts"] as const)("opens its dialog: %s", async (name) => {
    const titles = {
      switcher: "Go to",
      newMessage: "New message",
      browse: "Browse channels",
      shortcuts: "Keyboard shortcuts",
    };
    await press(all[name][2]);
    await dialog(titles[name]).waitFor();
    // Beneath a dialog the others are at rest.
    await press("Alt+ArrowDown");
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
    await arrivesAt("kitchen");
  });

  it.each([
    ["search", "Search"],
    ["activity", "Activity"],
    ["threads", "Threads"],
  ] as const)("opens its page: %s", async (name, title) => {
    await press(all[name][2]);
    await heading(title).waitFor();
    if (name === "search")
      await ada.page
        .getByRole("searchbox", { name: "Search messages" })
        .or(ada.page.getByRole("combobox", { name: "Search messages" }))
        .and(ada.page.locator(":focus"))
        .waitFor();
  });
});

describe("the focus", () => {
  const hasFocus = (name: string) =>
    ada.page.getByRole("button", { name, exact: true }).and(ada.page.locator(":focus")).waitFor();

  it("goes back to the button of a dialog and of a menu", async () => {
    await ada.openChannel("kitchen");
    await ada.page.getByRole("button", { name: "Create channel" }).focus();
    await press("Enter");
    await dialog("Create a channel").getByLabel("Name", { exact: true }).and(ada.page.locator(":focus")).waitFor();
    await press("Escape");
    await hasFocus("Create channel");
    await ada.page.getByRole("button", { name: "More", exact: true }).focus();
    await press("Enter");
    await menuItem(ada, "Add to favourites").and(ada.page.locator(":focus")).waitFor();
    await press("End");
    await menuItem(ada, "Leave channel").and(ada.page.locator(":focus")).waitFor();
    await press("ArrowDown");
    await menuItem(ada, "Add to favourites").and(ada.page.locator(":focus")).waitFor();
    await press("Escape");
    await hasFocus("More");
  });

  it("stays within a dialog", async () => {
    await press("Control+/");
    await dialog("Keyboard shortcuts").waitFor();
    for (let i = 0; i < 5; i++) {
      await press("Tab");
      const isOutside = await ada.page.evaluate(() => {
        const { activeElement } = document;
        return activeElement !== document.body && !activeElement?.closest("dialog");
      });
      expect(isOutside).toBe(false);
    }
    await press("Escape");
  });

  it("can be seen", async () => {
    await ada.page.getByRole("button", { name: "About" }).focus();
    await press("Shift+Tab");
    const ring = await ada.page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return [outlineStyle, parseFloat(outlineWidth)];
    });
    expect(ring).toEqual(["solid", 2]);
  });
});

test("with reduced motion nothing animates", async () => {
  await ada.page.emulateMedia({ reducedMotion: "reduce" });
  await press("Control+k");
  await dialog("Go to").waitFor();
  const longest = await ada.page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll("*")].flatMap((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element);
        return [...animationDuration.split(","), ...transitionDuration.split(",")].map((one) => parseFloat(one));
      }),
    ),
  );
  expect(longest).toBeLessThan(0.001);
  await press("Escape");
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
