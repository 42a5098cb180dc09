import { routes, type Channel } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import type { Person } from "../src/rest-client";
import { linkTo, Stage } from "../src/stage";
import { until } from "../src/system";

interface Watched {
  /** Tones that were played, two notes each. */
  notes: number;
  shown: { title: string; body: string | undefined; isSilent: boolean | null | undefined }[];
  attend(how: "here" | "in another window" | "in another tab"): void;
}

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let channel: Channel;
/** What the page was sent. */
const heard: string[] = [];

/** In the page, before its own code: hears its tones, sees its notices, and says whether somebody looks. */
function watch(): void {
  const watched: Watched = {
    notes: 0,
    shown: [],
    attend(how) {
      Object.defineProperty(document, "hasFocus", { configurable: true, value: () => how === "here" });
      const visibilityState = how === "in another tab" ? "hidden" : "visible";
      Object.defineProperty(document, "visibilityState", { configurable: true, value: visibilityState });
      document.dispatchEvent(new Event("visibilitychange"));
      window.dispatchEvent(new Event(how === "here" ? "focus" : "blur"));
    },
  };
  class Note extends OscillatorNode {
    override start(when?: number): void {
      watched.notes++;
      super.start(when);
    }
  }
  ServiceWorkerRegistration.prototype.showNotification = (title, options) => {
    watched.shown.push({ title, body: options?.body, isSilent: options?.silent });
    return Promise.resolve();
  };
  Object.assign(window, { OscillatorNode: Note, watched });
}

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  channel = await bobPerson.createChannel("launch", [adaPerson]);
  await adaPerson.rest.call(routes.updateMe, { body: { preferences: { timezone: "UTC" } } });
  ada = await stage.enter(adaPerson);
  ada.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(payload.toString())));
  await ada.context.addInitScript(watch);
  await ada.context.grantPermissions(["notifications"]);
  await ada.page.goto("/settings/profile");
  await ada.page.getByRole("switch", { name: "Browser notifications", checked: false }).click();
  await ada.page.getByRole("switch", { name: "Browser notifications", checked: true }).waitFor();
  await open("general");
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

/** A page that was loaded anew and touched: before that no browser lets it be heard. */
async function open(name: string): Promise<void> {
  await ada.page.goto("/chat");
  await ada.connection.filter({ hasText: "Connected" }).waitFor();
  await ada.openChannel(name);
  await ada.composer(name).click();
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}
const attend = (how: "here" | "in another window" | "in another tab") =>
  ada.page.evaluate((to) => (window as unknown as { watched: Watched }).watched.attend(to), how);
const watched = () =>
  ada.page.evaluate(() => {
    const { notes, shown } = (window as unknown as { watched: Watched }).watched;
    return { notes, shown };
  });
const isShown = (words: string) =>
  until(`a notice says ${words}`, async () => (await watched()).shown.some(({ body }) => body?.includes(words)));
async function mention(words: string): Promise<void> {
  await bobPerson.post(channel.id, `@${adaPerson.me.username} ${words}`);
  await until("the page was told", () =>
    heard.some((frame) => frame.includes('"type":"notification"') && frame.includes(words)),
  );
}

describe("title and icon", () => {
  const icon = () => ada.page.locator('link[rel="icon"]').first().getAttribute("href");
  const titled = (title: string) => until(`it is called ${title}`, async () => (await ada.page.title()) === title);

  it("tell how much waits, and no more when it is read", async () => {
    await titled("#general · ConnectBest Chat");
    expect(await icon()).toMatch(/\/icon\.svg$/);
    for (const text of ["one", "two"]) await bobPerson.post(channel.id, text);
    await titled("(2) #general · ConnectBest Chat");
    expect(await icon()).toBe("/icon-unread.svg");
    expect((await fetch(`${stage.system.web}/icon-unread.svg`)).headers.get("content-type")).toContain("image/svg+xml");
    await ada.openChannel("launch");
    await titled("#launch · ConnectBest Chat");
    expect(await icon()).toBe("/icon.svg");
  });
});

describe("a mention", () => {
  it("is quiet in the open conversation while one looks at it, and heard and shown when one does not", async () => {
    await mention("you see this");
    await ada.message("you see this").waitFor();
    await attend("in another window");
    await mention("another window covers this");
    await isShown("another window covers this");
    await attend("in another tab");
    await mention("another tab covers this");
    await isShown("another tab covers this");
    const { notes, shown } = await watched();
    expect(shown.map(({ title, isSilent }) => [title, isSilent])).toEqual([
      ["Bob Stone mentioned you in #launch", true],
      ["Bob Stone mentioned you in #launch", true],
    ]);
    expect(shown.map(({ body }) => body)).toEqual([
      expect.stringContaining("another window covers this"),
      expect.stringContaining("another tab covers this"),
    ]);
    expect(notes).toBe(4);
    await attend("here");
  });

  it("is heard, and not shown, while one looks at another conversation", async () => {
    await ada.openChannel("general");
    const before = await watched();
    await mention("while you are elsewhere");
    await until("it is heard", async () => (await watched()).notes === before.notes + 2);
    expect((await watched()).shown).toHaveLength(before.shown.length);
  });

  it("is one notice and one tone for all open tabs of a browser", async () => {
    const second = await ada.context.newPage();
    await second.goto(`/chat/${channel.id}`);
    await second.getByRole("status", { name: "Connection" }).filter({ hasText: "Connected" }).waitFor();
    await second.getByRole("textbox", { name: "Message #launch" }).click();
    const hide = () => (window as unknown as { watched: Watched }).watched.attend("in another window");
    for (const page of [ada.page, second]) await page.evaluate(hide);
    const before = await watched();
    await mention("in two tabs");
    const all = async () => {
      const other = await second.evaluate(() => (window as unknown as { watched: Watched }).watched.shown.length);
      return (await watched()).shown.length - before.shown.length + other;
    };
    await until("it is shown", async () => (await all()) > 0);
    await second.getByText("in two tabs").first().waitFor();
    expect(await all()).toBe(1);
    await second.close();
  });

  it("is shown without a tone where sound is off", async () => {
    await adaPerson.rest.call(routes.updateMe, { body: { preferences: { soundEnabled: false } } });
    await open("general");
    await attend("in another window");
    await mention("without a sound");
    await isShown("without a sound");
    expect((await watched()).notes).toBe(0);
    await adaPerson.rest.call(routes.updateMe, { body: { preferences: { soundEnabled: true } } });
  });

  it("neither is heard nor shown while one is not to be disturbed, but counted", async () => {
    const hour = (ahead: number) => new Date(Date.now() + ahead * 3_600_000).toISOString().slice(11, 16);
    const keep = (isOn: boolean) =>
      adaPerson.rest.call(routes.updateNotificationSettings, {
        body: { doNotDisturb: { isOn, from: hour(-2), to: hour(2) } },
      });
    await keep(true);
    await open("general");
    await attend("in another window");
    const { unreadCount } = await adaPerson.rest.call(routes.listNotifications);
    await mention("do not disturb");
    await ada.page.getByRole("link", { name: `Activity, ${unreadCount + 1} new` }).waitFor();
    await keep(false);
    await mention("disturb again");
    await isShown("disturb again");
    const { notes, shown } = await watched();
    expect([notes, shown.length]).toEqual([2, 1]);
  });
});

test("a message that calls nobody is neither heard nor shown", async () => {
  const before = await watched();
  await bobPerson.post(channel.id, "just so");
  await linkTo(ada, "launch").waitFor();
  await mention("the next one calls");
  await isShown("the next one calls");
  expect((await watched()).shown).toHaveLength(before.shown.length + 1);
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
