import { createFormats } from "./formats";

const midnight = new Date(2026, 10, 20, 0, 5).toISOString();
const afternoon = new Date(2026, 10, 20, 14, 5).toISOString();
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

test("twelve hours or twenty-four, as the reader wants them, in every sentence with a time in it", () => {
  const twelve = createFormats("de", "12h");
  const full = createFormats("en-US", "24h");
  for (const name of ["time", "full", "dateAndTime"] as const) {
    expect(twelve[name](afternoon)).toMatch(/\b0?2:05/);
    expect(full[name](afternoon)).toMatch(/\b14:05/);
  }
});

test("midnight is 00:05 or 12:05 AM, never 24:05 nor 0:05 AM", () => {
  expect(createFormats("en-US", "24h").time(midnight)).toBe("00:05");
  expect(createFormats("en-US", "12h").time(midnight)).toMatch(/^12:05\sAM$/);
  expect(createFormats("de", "system").time(midnight)).toBe("00:05");
});

test("a short time fits in five characters, whatever the hours", () => {
  for (const language of ["en-US", "en-GB", "de"])
    for (const hours of ["system", "12h", "24h"] as const)
      expect(createFormats(language, hours).shortTime(afternoon)).toMatch(/^\d\d:\d\d$/);
});

test("dates as the reader's region writes them", () => {
  expect(createFormats("en-GB", "system").date(afternoon)).toBe("20 November 2026");
  expect(createFormats("en-US", "system").date(afternoon)).toBe("November 20, 2026");
  expect(createFormats("de", "system").full(afternoon)).toMatch(/^Freitag, 20\. November 2026.*14:05$/);
});

test("some time ago in the largest unit that fits; beyond a day the date", () => {
  const { ago: words, date } = createFormats("en", "system");
  expect(words(ago(1))).toBe("now");
  expect(words(ago(5))).toBe("5 minutes ago");
  expect(words(ago(59))).toBe("59 minutes ago");
  expect(words(ago(60))).toBe("1 hour ago");
  expect(words(ago(23 * 60))).toBe("23 hours ago");
  expect(words(ago(24 * 60))).toBe(date(ago(24 * 60)));
});

test("what a clock ahead of mine has said was said now", () => {
  expect(createFormats("en", "system").ago(ago(-3))).toBe("now");
});

test("numbers as the reader writes them", () => {
  expect(createFormats("en", "system").number(1_200)).toBe("1,200");
  expect(createFormats("de", "system").number(1_200)).toBe("1.200");
});
