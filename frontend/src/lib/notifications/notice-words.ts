import type { Notification } from "@connectbest/contract";
import type { Translate } from "@/lib/text/translate";

/** Who did what, in a sentence, and the beginning of what it is about. */
export function noticeWords(t: Translate, notification: Notification): { title: string; body: string } {
  const { kind, actor, channelName, count, detail, excerpt } = notification;
  const title = t(`notification.${kind}`, {
    name: actor?.name ?? "",
    channel: channelName ? `#${channelName}` : "",
    count,
    detail: detail ?? "",
  });
  return { title, body: kind === "reminder" && detail ? `${detail} · ${excerpt}` : excerpt };
}
