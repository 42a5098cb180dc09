/** Moments that people mean by "later", in their own zone. */
export type Later = "inAnHour" | "inThreeHours" | "tomorrow" | "monday";

/** The next of each after `now`; nine in the morning where no hour is meant. */
export function momentOf(later: Later, now: Date = new Date()): Date {
  const morning = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  switch (later) {
    case "inAnHour":
      return new Date(now.getTime() + 3_600_000);
    case "inThreeHours":
      return new Date(now.getTime() + 3 * 3_600_000);
    case "tomorrow":
      return morning(1);
    case "monday":
      return morning((8 - now.getDay()) % 7 || 7);
  }
}

/** As a field for date and time has it: the reader's own zone, to the minute. */
export const localMinute = (moment: Date): string =>
  new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
