import type { Day } from "./parse-query";

const hour = 3_600_000;

/** The day that a moment falls on, as `2026-01-31`. */
const dayFormat = (timeZone: string) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });

/**
 * When a day begins somewhere, in milliseconds since the epoch. Found by halving the hours around it: so a day whose midnight the clocks skip
 * is right too, and one that begins twice.
 */
export function dayStart(day: Day, timeZone: string): number {
  const format = dayFormat(timeZone);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Zones reach from 12 hours behind to 14 ahead; days have had 24 hours more where the date line was moved.
  let [before, from] = [midnight - 40 * hour, midnight + 40 * hour];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (format.format(middle) >= day) from = middle;
    else before = middle;
  }
  return from;
}

/** When a day ends, which is when the next begins. */
export const dayEnd = (day: Day, timeZone: string): number =>
  dayStart(new Date(Date.parse(`${day}T00:00:00Z`) + 24 * hour).toISOString().slice(0, 10), timeZone);
