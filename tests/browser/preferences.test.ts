import { routes, type Channel, type NotificationSettings } from "@connectbest/contract";
import { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let channel: Channel;

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  channel = await bobPerson.createChannel("launch", [adaPerson]);
  for (const text of ["first words", "second words"]) await bobPerson.post(channel.id, text);
  ada = await stage.enter(adaPerson);
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const preferencesOf = async () => (await adaPerson.rest.call(routes.me)).user.preferences;
const section = (name: string) => ada.page.getByRole("region", { name, exact: true });
/** Chooses in the settings, and waits until it is kept. */
async function choose(label: string, option: string, isKept: () => Promise<boolean>): Promise<void> {
  await ada.page.goto("/settings/profile");
  await section("Preferences").getByLabel(label, { exact: true }).selectOption({ label: option });
  await until(`${label} is kept`, isKept);
}
async function look(visitor = ada): Promise<void> {
  await visitor.page.goto(`/chat/${channel.id}`);
  await visitor.message("first words").waitFor();
}
/** From 0, black, to 255. */
const brightness = ({ page }: Visitor) =>
  page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (!canvas) return NaN;
    canvas.fillStyle = getComputedStyle(document.querySelector("main")?.parentElement ?? document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0] ?? NaN;
  });
const shownTime = (visitor: Visitor) => visitor.message("first words").locator("time").first().innerText();
const heightOf = async (visitor: Visitor) => (await visitor.message("first words").boundingBox())?.height ?? NaN;

describe("how it looks", () => {
  it("is dark at once where one wants it so, and after a reload from its first paint", async () => {
    await look();
    expect(await brightness(ada)).toBeGreaterThan(200);
    await choose("Theme", "Dark", async () => (await preferencesOf()).theme === "dark");
    await until("the settings are dark", async () => (await brightness(ada)) < 60);
    await look();
    expect(await brightness(ada)).toBeLessThan(60);
    // Before any code of the page has run, and where nobody need be signed in.
    await ada.page.route(/\/_next\/static\/.*\.js/, (route) => route.abort());
    await ada.page.goto("/unsubscribe");
    expect(await ada.page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    await ada.page.unrouteAll();
  });

  it("is closer together where one wants more on the screen", async () => {
    await look();
    const before = await heightOf(ada);
    await choose("Density", "Compact", async () => (await preferencesOf()).density === "compact");
    await look();
    expect(await heightOf(ada)).toBeLessThan(before);
  });

  it("has the hours that one is used to", async () => {
    await choose("Time format", "24-hour", async () => (await preferencesOf()).timeFormat === "24h");
    await look();
    expect(await shownTime(ada)).toMatch(/^\d\d:\d\d$/);
    await choose("Time format", "12-hour", async () => (await preferencesOf()).timeFormat === "12h");
    await look();
    expect(await shownTime(ada)).toMatch(/^\d{1,2}:\d\d\s[AP]M$/);
  });

  it("is the same on another device of the same person", async () => {
    const other = await stage.enter(adaPerson);
    await look(other);
    expect(await shownTime(other)).toMatch(/^\d{1,2}:\d\d\s[AP]M$/);
    await until("it is dark", async () => (await brightness(other)) < 60);
    expect(await heightOf(other)).toBe(await heightOf(ada));
    await other.leave();
  });
});

describe("the language", () => {
  const language = ({ page }: Visitor) => page.evaluate(() => document.documentElement.lang);

  it("is German everywhere once chosen, on other devices too, and English again", async () => {
    await ada.page.goto("/settings/profile");
    await section("Preferences").getByLabel("Language").selectOption({ label: "Deutsch" });
    await ada.page.getByRole("heading", { name: "Vorlieben" }).waitFor();
    expect(await language(ada)).toBe("de");
    await ada.page.goto(`/chat/${channel.id}`);
    await ada.page.getByRole("textbox", { name: "Nachricht an #launch" }).waitFor();
    const sidebar = ada.page.getByRole("navigation", { name: "Kanäle und Nachrichten" });
    await sidebar.getByRole("heading", { name: "Direktnachrichten" }).waitFor();
    expect(await language(ada)).toBe("de");

    const other = await stage.enter(adaPerson);
    await other.page.getByRole("navigation", { name: "Kanäle und Nachrichten" }).waitFor();
    await until("the document says so", async () => (await language(other)) === "de");
    await other.page.reload();
    expect(await language(other)).toBe("de");
    await other.leave();

    await ada.page.goto("/settings/profile");
    await ada.page.getByLabel("Sprache").selectOption({ label: "English" });
    await section("Preferences").waitFor();
    expect(await language(ada)).toBe("en");
    await ada.page.goto(`/chat/${channel.id}`);
    await ada.composer("launch").waitFor();
  });

  it("of a browser that asks for German is German before anybody signs in", async () => {
    const visitor = await Visitor.arrive(stage.browser, stage.system);
    await visitor.context.setExtraHTTPHeaders({ "accept-language": "de-AT,de;q=0.9,en;q=0.5" });
    await visitor.page.goto("/login");
    await visitor.page.getByRole("heading", { name: "Anmelden" }).waitFor();
    await visitor.page.getByLabel("E-Mail", { exact: true }).waitFor();
    expect(await language(visitor)).toBe("de");
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });
});

describe("what may disturb me", () => {
  const settings = async (): Promise<NotificationSettings> =>
    (await adaPerson.rest.call(routes.notificationSettings)).settings;
  const toggle = (name: string, checked: boolean) =>
    section("Notifications").getByRole("switch", { name, exact: true, checked });

  it("keeps quiet hours", async () => {
    await ada.page.goto("/settings/profile");
    await toggle("Do not disturb", false).click();
    await section("Notifications").getByLabel("From", { exact: true }).fill("21:30");
    await section("Notifications").getByLabel("To", { exact: true }).fill("06:15");
    await section("Notifications").getByRole("button", { name: "Set hours" }).click();
    await ada.page.getByText("These hours are quiet now.").waitFor();
    expect((await settings()).doNotDisturb).toEqual({ isOn: true, from: "21:30", to: "06:15" });
    await ada.page.reload();
    await toggle("Do not disturb", true).click();
    await toggle("Do not disturb", false).waitFor();
    await until("it is kept", async () => !(await settings()).doNotDisturb.isOn);
  });

  it("lets words call me, which then stand in my activity", async () => {
    await section("Notifications").getByLabel("Keywords").fill("rocket, blue moon");
    await section("Notifications").getByRole("button", { name: "Set keywords" }).click();
    await ada.page.getByText("These words call you now.").waitFor();
    expect((await settings()).keywords).toEqual(["rocket", "blue moon"]);
    await bobPerson.post(channel.id, "once in a Blue Moon");
    await ada.page.goto("/chat/activity");
    await ada.page.getByRole("link", { name: /Bob Stone used one of your keywords in #launch/ }).waitFor();
  });

  it("turns the browser's notifications on and off where it allows them, and says so where it does not", async () => {
    await ada.context.grantPermissions(["notifications"]);
    await ada.page.goto("/settings/profile");
    await toggle("Browser notifications", false).click();
    await toggle("Browser notifications", true).waitFor();
    await ada.page.reload();
    await toggle("Browser notifications", true).click();
    await toggle("Browser notifications", false).waitFor();
    // A browser that nobody looks at denies what it is asked for and was not granted.
    await ada.context.clearPermissions();
    await ada.page.reload();
    await toggle("Browser notifications", false).click();
    await section("Notifications")
      .getByText("The browser has blocked them. Allow notifications for this site")
      .waitFor();
    await toggle("Browser notifications", false).waitFor();
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
