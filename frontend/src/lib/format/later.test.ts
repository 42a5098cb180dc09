import { localMinute, momentOf } from "./later";

const friday = new Date(2026, 10, 20, 15, 30);
const monday = new Date(2026, 10, 23, 8);

test("later is what people mean by it", () => {
  expect(momentOf("inAnHour", friday)).toEqual(new Date(2026, 10, 20, 16, 30));
  expect(momentOf("inThreeHours", friday)).toEqual(new Date(2026, 10, 20, 18, 30));
  expect(momentOf("tomorrow", new Date(2026, 10, 30, 23))).toEqual(new Date(2026, 11, 1, 9));
  expect(momentOf("tomorrow", friday)).toEqual(new Date(2026, 10, 21, 9));
  expect(momentOf("monday", friday)).toEqual(new Date(2026, 10, 23, 9));
  expect(momentOf("monday", monday)).toEqual(new Date(2026, 10, 30, 9));
  expect(momentOf("monday", new Date(2026, 10, 22, 23))).toEqual(new Date(2026, 10, 23, 9));
});

test("a field has the reader's own minute", () => {
  expect(localMinute(friday)).toBe("2026-11-20T15:30");
});

test("later is never now or before", () => {
  for (let hour = 0; hour < 24 * 8; hour++) {
    const now = new Date(2026, 10, 16, hour);
    for (const later of ["inAnHour", "inThreeHours", "tomorrow", "monday"] as const) {
      const moment = momentOf(later, now);
      expect(moment.getTime()).toBeGreaterThan(now.getTime());
      if (later === "monday") expect(moment.getDay()).toBe(1);
    }
  }
});

test("a field's minute is the same moment when it is read again", () => {
  expect(new Date(localMinute(friday))).toEqual(friday);
  const winter = new Date(2026, 0, 5, 0, 1);
  expect(new Date(localMinute(winter))).toEqual(winter);
});
