import type { Preferences } from "@connectbest/contract";
import { dayNameIn } from "./dates";

/** Times and dates of the wire's timestamps, in the reader's zone, language and hours. */
export interface Formats {
  /** "14:05", "2:05 PM". */
  time(timestamp: string): string;
  /** The time without "AM" and "PM", for where there is room for five characters. */
  shortTime(timestamp: string): string;
  /** "Friday, 20 November 2026 at 14:05". */
  full(timestamp: string): string;
  /** "20 Nov 2026, 14:05". */
  dateAndTime(timestamp: string): string;
  /** "20 November 2026". */
  date(timestamp: string): string;
  /** "Today", "Yesterday", "Friday, 20 November", or with the year when it is another one. */
  day(timestamp: string): string;
  /** "now", "5 minutes ago", "3 hours ago"; beyond a day the date. */
  ago(timestamp: string): string;
  /** "1,200". */
  number(value: number): string;
}

/**
 * @param locale a language, with a region where the reader's is known
 * @param timeFormat `system`: as the locale has it
 * @param timeZone the reader's own, unless said otherwise
 */
export function createFormats(locale: string, timeFormat: Preferences["timeFormat"], timeZone?: string): Formats {
  const hours =
    timeFormat === "system" ? {} : { hourCycle: timeFormat === "12h" ? ("h12" as const) : ("h23" as const) };
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) });
  const time = format({ timeStyle: "short", ...hours });
  const evenTime = format({ hour: "2-digit", minute: "2-digit", ...hours });
  const full = format({ dateStyle: "full", timeStyle: "short", ...hours });
  const dateAndTime = format({ dateStyle: "medium", timeStyle: "short", ...hours });
  const longDate = format({ day: "numeric", month: "long", year: "numeric" });
  const weekday = format({ weekday: "long", day: "numeric", month: "long" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = new Intl.NumberFormat(locale);
  const date = (timestamp: string) => longDate.format(new Date(timestamp));
  return {
    time: (timestamp) => time.format(new Date(timestamp)),
    shortTime: (timestamp) =>
      evenTime
        .formatToParts(new Date(timestamp))
        .filter(({ type }) => type !== "dayPeriod")
        .map(({ value }) => value)
        .join("")
        .trim(),
    full: (timestamp) => full.format(new Date(timestamp)),
    dateAndTime: (timestamp) => dateAndTime.format(new Date(timestamp)),
    date,
    day: (timestamp) => dayNameIn(timestamp, { relative, weekday, longDate }),
    ago: (timestamp) => {
      const minutes = Math.round((Date.now() - Date.parse(timestamp)) / 60_000);
      if (minutes < 2) return relative.format(0, "second");
      if (minutes < 60) return relative.format(-minutes, "minute");
      return minutes < 24 * 60 ? relative.format(-Math.round(minutes / 60), "hour") : date(timestamp);
    },
    number: (value) => number.format(value),
  };
}
