import { dayKeyOf, dayNameOf, shortTimeOf } from "./dates";

const noon = new Date(2026, 5, 15, 12);
const daysBefore = (days: number) => new Date(2026, 5, 15 - days, 8).toISOString();

test("near days have names, far ones dates", () => {
  expect(dayNameOf(daysBefore(0), noon)).toBe("Today");
  expect(dayNameOf(daysBefore(1), noon)).toBe("Yesterday");
  expect(dayNameOf(daysBefore(40), noon)).not.toMatch(/2026/);
  expect(dayNameOf(daysBefore(400), noon)).toMatch(/2025/);
});

test("days are the reader's own, not UTC's", () => {
  expect(dayKeyOf(new Date(2026, 5, 15, 0, 5).toISOString())).toBe(
    dayKeyOf(new Date(2026, 5, 15, 23, 55).toISOString()),
  );
});

test("the short time has no words in it", () => {
  expect(shortTimeOf(new Date(2026, 5, 15, 14, 5).toISOString())).toMatch(/^\d{1,2}[:.]05$/);
});
