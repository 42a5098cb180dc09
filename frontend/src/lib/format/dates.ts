const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const longDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** Of a timestamp of the wire, in the reader's own zone and language. */
export const timeOf = (timestamp: string): string => time.format(new Date(timestamp));
export const fullTimeOf = (timestamp: string): string => full.format(new Date(timestamp));

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
