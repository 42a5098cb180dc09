import { routes, type Channel, type Message } from "@connectbest/contract";
import type { Visitor } from "../src/browser";
import { dayBefore, daysBack, lineOf, perDay, writeHistory } from "../src/history";
import type { Person } from "../src/rest-client";
import { linkTo, Stage } from "../src/stage";
import { until } from "../src/system";

let stage: Stage;
let adaPerson: Person;
let bobPerson: Person;
let ada: Visitor;
let channel: Channel;
let messages: Message[];

beforeAll(async () => {
  stage = await Stage.open();
  [adaPerson, bobPerson] = [await stage.person("Ada Lovelace"), await stage.person("Bob Stone")];
  const cemPerson = await stage.person("Cem Kaya");
  channel = await bobPerson.createChannel("history", [adaPerson, cemPerson]);
  messages = await writeHistory(stage.system, channel, [bobPerson, cemPerson]);
  // Up to yesterday she has read it.
  const seq = messages[daysBack * perDay - 1]?.seq ?? 0;
  await adaPerson.rest.call(routes.markRead, { params: { id: channel.id }, body: { seq } });
  ada = await stage.enter(adaPerson);
}, 120_000);
afterEach(() => stage.photograph());
afterAll(() => stage?.close());

const nameOf = (n: number) => lineOf(n).slice(0, "line 000".length);
const line = (n: number) => ada.message(nameOf(n));
const separator = (name: string) => ada.messages.getByRole("separator", { name, exact: true });
function dayName(days: number): string {
  const day = dayBefore(days);
  const isThisYear = day.getFullYear() === new Date().getFullYear();
  const shown = isThisYear ? { weekday: "long" as const } : { year: "numeric" as const };
  return day.toLocaleDateString("en-US", { ...shown, day: "numeric", month: "long" });
}

/** Whether a message stands where it can be seen. */
async function isInSight(n: number): Promise<boolean> {
  if ((await line(n).count()) === 0) return false;
  const [log, row] = [await ada.messages.boundingBox(), await line(n).boundingBox()];
  return log !== null && row !== null && row.y + row.height > log.y && row.y < log.y + log.height;
}
const comesInSight = (n: number) => until(`${nameOf(n)} is in sight`, () => isInSight(n), 10_000);

/** Up, a bit at a time, until a message is near the middle. */
async function scrollTo(n: number): Promise<void> {
  await ada.messages.hover();
  await until(`${nameOf(n)} is near the middle`, async () => {
    const middle = 450;
    const box = (await line(n).count()) > 0 ? await line(n).boundingBox() : null;
    if (box && box.y > middle - 250) return true;
    await ada.page.mouse.wheel(0, -500);
    return false;
  });
}

/** What stands in the list from here down, as it is scrolled through: the names of dividers and the lines' beginnings. */
async function scrolledThrough(): Promise<string[]> {
  return ada.messages.evaluate(async (log) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const seen: string[] = [];
    const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 2;
    for (let still = 0; still < 30; still = isAtEnd() ? still + 1 : 0) {
      const rows = [...log.querySelectorAll<HTMLElement>("[data-row]")];
      for (const row of rows.sort((a, b) => Number(a.dataset["index"]) - Number(b.dataset["index"]))) {
        const dividers = [...row.querySelectorAll("[role=separator]")].map((one) => one.getAttribute("aria-label"));
        const words = /line \d{3}/.exec(row.textContent)?.[0];
        for (const one of [...dividers, words]) if (one && !seen.includes(one)) seen.push(one);
      }
      log.scrollBy(0, 300);
      await frame();
      await frame();
    }
    return seen;
  });
}

describe("coming to what is unread", () => {
  it("opens at the end, with a way up to the first unread message, which stands under the divider", async () => {
    await linkTo(ada, "history")
      .and(ada.page.getByRole("link", { name: "history 100 unread" }))
      .click();
    await comesInSight(399);
    await ada.page.getByRole("button", { name: "Jump to first unread" }).click();
    await comesInSight(300);
    const [divider, first] = [await separator("New messages").boundingBox(), await line(300).boundingBox()];
    expect(divider?.y).toBeLessThan(first?.y ?? 0);
    expect((first?.y ?? 0) - (divider?.y ?? 0)).toBeLessThan(60);
    await ada.page.getByRole("button", { name: "Jump to first unread" }).waitFor({ state: "detached" });
    await ada.page.getByRole("button", { name: "Mark as read" }).click();
    await separator("New messages").waitFor({ state: "detached" });
  });

  it("counts what arrives below while one reads above, and leads down to it", async () => {
    expect(await ada.page.getByRole("button", { name: "Jump to latest" }).count()).toBe(1);
    for (const text of ["news one", "news two", "news three"]) await bobPerson.post(channel.id, text);
    await linkTo(ada, "history")
      .and(ada.page.getByRole("link", { name: "history 3 unread" }))
      .waitFor();
    await ada.page.getByRole("button", { name: "3 new messages" }).click();
    await ada.message("news three").waitFor();
    await ada.page.getByRole("button", { name: "3 new messages" }).waitFor({ state: "detached" });
    await ada.page.getByRole("link", { name: "history 3 unread" }).waitFor({ state: "detached" });
    await separator("New messages").waitFor();
    await ada.page.keyboard.press("Escape");
    await separator("New messages").waitFor({ state: "detached" });
  });
});

describe("days", () => {
  /** By a click on the name of a day in the list. */
  async function jump(day: string, to: string): Promise<void> {
    await ada.messages.getByRole("button", { name: day, exact: true }).click();
    await ada.page.getByRole("menuitem", { name: to }).click();
  }

  it("can be jumped to: yesterday, and again after looking elsewhere", async () => {
    await scrollTo(300);
    await jump("Today", "Yesterday");
    await comesInSight(200);
    await separator("Yesterday").waitFor();
    await ada.page.getByRole("button", { name: "Jump to latest" }).click();
    await ada.message("news three").waitFor();
    await scrollTo(300);
    await jump("Today", "Yesterday");
    await comesInSight(200);
  });

  it("can be jumped to by their date", async () => {
    await jump("Yesterday", "Another day…");
    const day = dayBefore(2);
    const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0"));
    await ada.page.getByRole("dialog").getByLabel("Day").fill(date.join("-"));
    await ada.page.getByRole("button", { name: "Go there" }).click();
    await comesInSight(100);
  });

  it("are divided from each other, from the beginning on, and every message is there once", async () => {
    await jump(dayName(2), "The beginning");
    await ada.messages.getByText("This is the beginning of the channel.").waitFor();
    await comesInSight(0);
    const seen = await scrolledThrough();
    const days = [dayName(3), dayName(2), "Yesterday", "Today"];
    const expected = days.flatMap((day, index) => [
      day,
      ...Array.from({ length: perDay }, (_, at) => nameOf(index * perDay + at)),
    ]);
    expect(seen).toEqual(expected);
  }, 60_000);

  it("has a menu that Esc closes", async () => {
    await scrollTo(300);
    await ada.messages.getByRole("button", { name: "Today", exact: true }).focus();
    await ada.page.keyboard.press("Enter");
    const items = ada.page.getByRole("menuitem");
    await items.first().and(ada.page.locator(":focus")).waitFor();
    await ada.page.keyboard.press("Escape");
    await items.first().waitFor({ state: "detached" });
  });
});

test("no page complained", () => expect(stage.complaints).toEqual([]));
