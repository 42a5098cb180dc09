import type { NotificationKind, NotificationLevel, Preferences } from "@connectbest/contract";
import type { NotificationSettingsDocument } from "./notification-settings.model";

/** The time of day in a zone, as `HH:mm`. */
function timeIn(timeZone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return parts.format(moment);
}

type Rest = Pick<NotificationSettingsDocument, "doNotDisturb" | "pausedUntil">;

/** Whether somebody will not be disturbed at a moment, by the clock where they are. */
export function isQuiet({ doNotDisturb, pausedUntil }: Rest, timeZone: string, moment: Date): boolean {
  if (pausedUntil && pausedUntil > moment) return true;
  const { isOn, from, to } = doNotDisturb;
  if (!isOn || from === to) return false;
  const now = timeIn(timeZone, moment);
  return from < to ? from <= now && now < to : from <= now || now < to;
}

interface Circumstances {
  kind: NotificationKind;
  /** How they keep the channel. */
  muted: boolean;
  level: NotificationLevel;
  /** What they want to hear of at all. */
  preference: Preferences["notifications"];
}

/** Whether it may call for attention at all, at whatever hour: reactions never do. */
export const isCalling = ({ kind, muted, level, preference }: Circumstances): boolean =>
  kind === "reminder" || (kind !== "reaction" && !muted && level !== "nothing" && preference !== "nothing");
