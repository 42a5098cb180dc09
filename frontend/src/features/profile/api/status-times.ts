export const statusEnds = [
  ["never", "Until I change it"],
  ["30", "For 30 minutes"],
  ["60", "For an hour"],
  ["today", "Until the end of today"],
  ["custom", "Until a time that I choose"],
] as const;

export type StatusEnd = (typeof statusEnds)[number][0];

/** When a status ends, as the wire says it; in the person's own zone. `null`: not by itself. */
export function endOf(end: StatusEnd, custom: string, now: Date = new Date()): string | null {
  if (end === "never") return null;
  if (end === "today") return new Date(now.getFullYear(), now.getMonth(), now.getDate(), 23, 59, 59).toISOString();
  if (end === "custom") return custom ? new Date(custom).toISOString() : null;
  return new Date(now.getTime() + Number(end) * 60_000).toISOString();
}

/** What a `datetime-local` field takes: local time, to the minute. */
export function localMinute(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
