import { routes, type Channel } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import { dayBefore, lineOf, momentOf, writeHistory } from "../src/history";
import type { Person } from "../src/rest-client";
import { Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let bobPerson: Person;
let ada: Visitor;
let channel: Channel;

beforeAll(async () => {
  stage = await Stage.open();
  const adaPerson = await stage.person("Ada Lovelace");
  bobPerson = await stage.person("Bob Stone");
  const cemPerson = await stage.person("Cem Kaya");
  channel = await bobPerson.createChannel("history", [adaPerson, cemPerson]);
  const messages = await writeHistory(stage.system, channel, [bobPerson, cemPerson]);
  const seq = messages.at(-1)?.seq ?? 0;
  await adaPerson.rest.call(routes.markRead, { params: { id: channel.id }, body: { seq } });
  ada = await stage.enter(adaPerson);
  await ada.openChannel("history");
  await ada.message(lineOf(399)).waitFor();
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

/** Pixels that nobody sees. */
const unseen = 2;

const topOf = async (text: string) => (await ada.message(text).boundingBox())?.y ?? NaN;
const isAtEnd = () => ada.messages.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
/** Two frames and what they measure are drawn. */
const drawn = () =>
  ada.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** The first message that is whole in sight, and where. */
async function underTheEye(): Promise<{ id: string; top: number }> {
  return ada.messages.evaluate((log) => {
    const { top: edge } = log.getBoundingClientRect();
    const rows = [...log.querySelectorAll<HTMLElement>("[data-message-id]")]
      .map((row) => ({ id: row.dataset["messageId"] ?? "", top: row.getBoundingClientRect().top }))
      .filter(({ top }) => top >= edge)
      .sort((a, b) => a.top - b.top);
    return rows[0] ?? { id: "", top: NaN };
  });
}
const topNow = (id: string) =>
  ada.messages
    .locator(`[data-message-id="${id}"]`)
    .evaluate((row) => row.getBoundingClientRect().top)
    .catch(() => NaN);

/** Where each message in sight stands, by its id, when nothing has moved for three frames. */
const tops = () =>
  ada.messages.evaluate(async (log) => {
    const { top: above, bottom: below } = log.getBoundingClientRect();
    const now = () =>
      [...log.querySelectorAll<HTMLElement>("[data-message-id]")]
        .map((row) => [row.dataset["messageId"] ?? "", row.getBoundingClientRect()] as const)
        .filter(([, box]) => box.bottom > above && box.top < below)
        .map(([id, box]) => [id, box.top] as const);
    let last = now();
    for (let still = 0; still < 3;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const next = now();
      still = JSON.stringify(next) === JSON.stringify(last) ? still + 1 : 0;
      last = next;
    }
    return last;
  });

/** Turns the wheel by steps; answers by how many pixels any message in sight moved otherwise, at most. */
async function worstSlip(steps: number, by: number): Promise<number> {
  await ada.messages.hover();
  let worst = 0;
  let before = new Map(await tops());
  for (let step = 0; step < steps; step++) {
    await ada.page.mouse.wheel(0, by);
    const after = await tops();
    for (const [id, top] of after) worst = Math.max(worst, Math.abs(top - (before.get(id) ?? top + by) + by));
    before = new Map(after);
  }
  return worst;
}

describe("the place where one reads is kept", () => {
  it("while older pages come in as one scrolls up, and on the way back down", async () => {
    expect(await worstSlip(80, -170)).toBeLessThan(unseen);
    expect(await worstSlip(40, 170)).toBeLessThan(unseen);
  }, 60_000);

  it("while a page comes late", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await ada.page.route(/\/messages\?.*before=/, async (route) => {
      await held;
      await route.continue();
    });
    const asked = ada.page.waitForRequest(/\/messages\?.*before=/);
    await ada.messages.evaluate((log) => log.scrollTo({ top: 300, behavior: "instant" }));
    await asked;
    await drawn();
    const before = await underTheEye();
    const height = await ada.messages.evaluate((log) => log.scrollHeight);
    release();
    await until("the page is in", () => ada.messages.evaluate((log, old) => log.scrollHeight > old + 500, height));
    await drawn();
    expect(Math.abs((await topNow(before.id)) - before.top)).toBeLessThan(unseen);
    await ada.page.unrouteAll();
  });

  it("while the window is made narrower, lower, and large again", async () => {
    await ada.messages.evaluate((log) => log.scrollBy({ top: 700, behavior: "instant" }));
    await drawn();
    const before = await underTheEye();
    for (const [width, height] of [
      [1100, 900],
      [1100, 600],
      [1440, 900],
    ] as const) {
      await ada.page.setViewportSize({ width, height });
      await drawn();
      expect(Math.abs((await topNow(before.id)) - before.top)).toBeLessThan(unseen);
    }
  });

  it("at the end, too: it stays the end in any window", async () => {
    await ada.page.getByRole("button", { name: "Jump to latest" }).click();
    await until("it is the end", isAtEnd);
    for (const [width, height] of [
      [1000, 500],
      [1440, 900],
    ] as const) {
      await ada.page.setViewportSize({ width, height });
      await until("it is the end still", isAtEnd);
    }
  });
});

describe("a picture", () => {
  let release: () => void;

  it("moves nothing when it comes, above the eye or at the end", async () => {
    const form = new FormData();
    const picture = await ada.page.screenshot();
    form.append("file", new Blob([new Uint8Array(picture)], { type: "image/png" }), "view.png");
    const headers = { authorization: `Bearer ${bobPerson.rest.token}` };
    const answer = await fetch(`${stage.system.api}/upload`, { method: "POST", headers, body: form });
    const { file } = (await answer.json()) as { file: { id: string } };
    const held = new Promise<void>((resolve) => (release = resolve));
    await ada.page.route(/\/files\/[^?]*/, async (route) => {
      await held;
      await route.continue();
    });
    const body = { content: "what I see", fileIds: [file.id] };
    await bobPerson.rest.call(routes.postMessage, { params: { id: channel.id }, body });
    await bobPerson.post(channel.id, "and below it");
    await ada.message("and below it").waitFor();
    await drawn();
    const image = ada.message("what I see").getByRole("img", { name: "view.png" });
    const isLoaded = () =>
      image.evaluate((element) => {
        const { complete, naturalWidth } = element as HTMLImageElement;
        return complete && naturalWidth > 0;
      });
    expect(await isLoaded()).toBe(false);
    const before = await topOf("and below it");
    release();
    await until("it is there", isLoaded);
    await drawn();
    expect(Math.abs((await topOf("and below it")) - before)).toBeLessThan(unseen);
    expect(await isAtEnd()).toBe(true);
    await ada.page.unrouteAll();
  });
});

describe("messages of one person in a row", () => {
  const author = (n: number) =>
    ada.message(lineOf(n).slice(0, 8)).getByRole("link", { name: /^(Bob Stone|Cem Kaya)$/ });

  it("stand together under one name, until five minutes have passed", async () => {
    const day = dayBefore(1);
    const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0"));
    await ada.page.goto(`/chat/${channel.id}?date=${date.join("-")}`);
    // Turns of three: 246 and 249 begin one, and ten minutes passed before 250.
    await ada.message("line 200").waitFor();
    await ada.messages.hover();
    await until("line 251 is there", async () => {
      await ada.page.mouse.wheel(0, 200);
      return (await ada.message("line 251").count()) > 0;
    });
    const shown = await Promise.all([246, 247, 248, 249, 250, 251].map((n) => author(n).count()));
    expect(shown).toEqual([1, 0, 0, 1, 1, 0]);
  });

  it("say exactly when they were written", async () => {
    for (const n of [247, 250]) {
      const options = { dateStyle: "full", timeStyle: "short" } as const;
      const exact = momentOf(n).toLocaleString("en-US", options);
      await ada.message(`line ${n}`).hover();
      await ada
        .message(`line ${n}`)
        .getByTitle(exact.replaceAll("\u202f", " "))
        .or(ada.message(`line ${n}`).getByTitle(exact))
        .first()
        .waitFor();
    }
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
