import { dayEnd, dayStart } from "./days";

const hours = (day: string, zone: string) => (dayEnd(day, zone) - dayStart(day, zone)) / 3_600_000;
const start = (day: string, zone: string) => new Date(dayStart(day, zone)).toISOString();

describe("a day", () => {
  it.each([
    ["2026-01-31", "UTC", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31", "Europe/Berlin", "2026-01-30T23:00:00.000Z"],
    ["2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
    ["2026-01-31", "Asia/Kathmandu", "2026-01-30T18:15:00.000Z"],
    ["2026-01-31", "Pacific/Kiritimati", "2026-01-30T10:00:00.000Z"],
    ["2026-01-31", "Etc/GMT+12", "2026-01-31T12:00:00.000Z"],
    // Midnight did not exist: the clocks went from 0:00 to 1:00.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    // Nor did the whole day: the date line was moved over it.
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, expected) => expect(start(day, zone)).toBe(expected));

  it("has as many hours as its clocks give it", () => {
    expect(hours("2026-01-31", "Europe/Berlin")).toBe(24);
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2011-12-30", "Pacific/Apia")).toBe(0);
  });
});
