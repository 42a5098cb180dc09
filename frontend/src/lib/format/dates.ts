/** Which day, in the reader's zone, as one comparable word. */
export const dayKeyOf = (timestamp: string): string => {
  const date = new Date(timestamp);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
};

interface DayFormats {
  relative: Intl.RelativeTimeFormat;
  weekday: Intl.DateTimeFormat;
  longDate: Intl.DateTimeFormat;
}

/** What a day is called: near ones by a word, far ones by their date. */
export function dayNameIn(timestamp: string, { relative, weekday, longDate }: DayFormats, now = new Date()): string {
  const date = new Date(timestamp);
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const daysAgo = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (daysAgo === 0 || daysAgo === 1) return capitalised(relative.format(-daysAgo, "day"));
  return date.getFullYear() === now.getFullYear() ? weekday.format(date) : longDate.format(date);
}

const capitalised = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1);
