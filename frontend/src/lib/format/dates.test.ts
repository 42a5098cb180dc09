import { dayKeyOf, dayNameIn } from "./dates";
import { createFormats } from "./formats";

const noon = new Date(2026, 5, 15, 12);
const daysBefore = (days: number) => new Date(2026, 5, 15 - days, 8).toISOString();
const nameIn = (language: string, days: number) =>
  dayNameIn(
    daysBefore(days),
    {
      relative: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
      weekday: new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }),
      longDate: new Intl.DateTimeFormat(language, { dateStyle: "long" }),
    },
    noon,
  );

test("near days have names, far ones dates", () => {
  expect(nameIn("en", 0)).toBe("Today");
  expect(nameIn("en", 1)).toBe("Yesterday");
  expect(nameIn("de", 1)).toBe("Gestern");
  expect(nameIn("en", 40)).not.toMatch(/2026/);
  expect(nameIn("en", 400)).toMatch(/2025/);
});

test("days are the reader's own, not UTC's", () => {
  expect(dayKeyOf(new Date(2026, 5, 15, 0, 5).toISOString())).toBe(
    dayKeyOf(new Date(2026, 5, 15, 23, 55).toISOString()),
  );
});

test("hours are the reader's own", () => {
  const afternoon = new Date(2026, 5, 15, 14, 5).toISOString();
  expect(createFormats("en-US", "system").time(afternoon)).toMatch(/^2:05\sPM$/);
  expect(createFormats("en-US", "24h").time(afternoon)).toBe("14:05");
  expect(createFormats("de", "12h").time(afternoon)).toMatch(/^02:05/);
  expect(createFormats("en-US", "system").shortTime(afternoon)).toBe("02:05");
});

test("what was just now is said so, in words", () => {
  expect(createFormats("en", "system").ago(new Date().toISOString())).toBe("now");
  expect(createFormats("de", "system").ago(new Date(Date.now() - 3 * 3_600_000).toISOString())).toBe("vor 3 Stunden");
});

test("the hour does not matter to a day's name, the calendar does", () => {
  const name = (date: Date, now: Date) =>
    dayNameIn(
      date.toISOString(),
      {
        relative: new Intl.RelativeTimeFormat("en", { numeric: "auto" }),
        weekday: new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long" }),
        longDate: new Intl.DateTimeFormat("en", { dateStyle: "long" }),
      },
      now,
    );
  expect(name(new Date(2026, 5, 14, 23, 59), new Date(2026, 5, 15, 0, 1))).toBe("Yesterday");
  expect(name(new Date(2026, 5, 15, 0, 1), new Date(2026, 5, 15, 23, 59))).toBe("Today");
  expect(name(new Date(2026, 5, 13, 23), new Date(2026, 5, 15, 1))).toBe("Saturday, June 13");
  // A new year begins a day after: near enough for a word.
  expect(name(new Date(2025, 11, 31, 12), new Date(2026, 0, 1, 12))).toBe("Yesterday");
  expect(name(new Date(2025, 11, 30, 12), new Date(2026, 0, 1, 12))).toBe("December 30, 2025");
});

test("days of different months and years are different days", () => {
  const keys = [new Date(2026, 0, 5), new Date(2026, 1, 5), new Date(2025, 0, 5), new Date(2026, 0, 15)];
  expect(new Set(keys.map((date) => dayKeyOf(date.toISOString()))).size).toBe(4);
});
