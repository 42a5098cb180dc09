import type { Event } from "@connectbest/contract";

/** The lists, fetched where they are looked at, that an event may have changed. */
export function queriesTouchedBy(event: Event): readonly (readonly string[])[] {
  switch (event.type) {
    case "member.joined":
    case "member.left":
    case "member.updated":
      return [["members", event.channelId]];
    case "thread.updated":
      return [["threads"]];
    case "bookmark.updated":
      return [["saved"]];
    case "scheduled.updated":
    case "scheduled.removed":
      return [["scheduled"]];
    case "reminder.updated":
    case "reminder.removed":
      return [["reminders"]];
    case "notification":
    case "notifications.read":
      return [["notifications"]];
    case "user.updated":
      return [["user", event.user.id], ["directory"], ["members"], ["people"]];
    default:
      return [];
  }
}
