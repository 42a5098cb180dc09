const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const longDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** Of a timestamp of the wire, in the reader's own zone and language. */
export const timeOf = (timestamp: string): string => time.format(new Date(timestamp));
export const fullTimeOf = (timestamp: string): string => full.format(new Date(timestamp));

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
export const dateAndTimeOf = (timestamp: string): string => dateAndTime.format(new Date(timestamp));
export const dateOf = (timestamp: string): string => longDate.format(new Date(timestamp));

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** "now", "5 minutes ago", "3 hours ago"; beyond a day the date. */
export function agoOf(timestamp: string, now: Date = new Date()): string {
  const minutes = Math.round((now.getTime() - Date.parse(timestamp)) / 60_000);
  if (minutes < 2) return "now";
  if (minutes < 60) return relative.format(-minutes, "minute");
  return minutes < 24 * 60 ? relative.format(-Math.round(minutes / 60), "hour") : dateOf(timestamp);
}

/** The time without "AM" and "PM", for where there is room for five characters. */
export const shortTimeOf = (timestamp: string): string =>
  time
    .formatToParts(new Date(timestamp))
    .filter(({ type }) => type !== "dayPeriod")
    .map(({ value }) => value)
    .join("")
    .trim();

/** Which day, as one comparable word. */
export const dayKeyOf = (timestamp: string): string => {
  const date = new Date(timestamp);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
};

/** "Today", "Yesterday", "Friday, 20 November", or with the year when it is another one. */
export function dayNameOf(timestamp: string, now: Date = new Date()): string {
  const date = new Date(timestamp);
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const daysAgo = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (daysAgo === 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  return date.getFullYear() === now.getFullYear() ? weekday.format(date) : longDate.format(date);
}
