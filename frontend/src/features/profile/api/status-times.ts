export const statusEnds = ["never", "30", "60", "today", "custom"] as const;

export type NewEnd = (typeof statusEnds)[number];

/** `kept`: when the present one ends, which the server knows. */
export type StatusEnd = NewEnd | "kept";

/** When a status ends, as the wire says it; in the person's own zone. `null`: not by itself. */
export function endOf(end: NewEnd, custom: string, now: Date = new Date()): string | null {
  if (end === "never") return null;
  if (end === "today") return new Date(now.getFullYear(), now.getMonth(), now.getDate(), 23, 59, 59).toISOString();
  if (end === "custom") return custom ? new Date(custom).toISOString() : null;
  return new Date(now.getTime() + Number(end) * 60_000).toISOString();
}
