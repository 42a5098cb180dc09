import { endOf } from "./status-times";

const now = new Date(2026, 4, 5, 14, 30);

test("a status ends when it was said to", () => {
  expect(endOf("never", "", now)).toBeNull();
  expect(endOf("30", "", now)).toBe(new Date(2026, 4, 5, 15, 0).toISOString());
  expect(endOf("60", "", now)).toBe(new Date(2026, 4, 5, 15, 30).toISOString());
  expect(endOf("today", "", now)).toBe(new Date(2026, 4, 5, 23, 59, 59).toISOString());
  expect(endOf("custom", "2026-05-06T08:15", now)).toBe(new Date(2026, 4, 6, 8, 15).toISOString());
});
