import type { Notification as Notice } from "@connectbest/contract";
import { messageAddress } from "@/lib/navigation/place";
import { browserNotifications } from "./browser-choice";

/** What a shown notice remembers; the service worker's own have the same (public/service-worker.js). */
interface Remembered {
  id: string;
  at: string;
  url: string;
}

const registered = async (): Promise<ServiceWorkerRegistration | undefined> =>
  "serviceWorker" in navigator ? navigator.serviceWorker.getRegistration() : undefined;

/** Shows a notice of the browser's, where the reader chose so; a click on it leads to the message. */
export async function showNotice(notice: Notice, { title, body }: { title: string; body: string }): Promise<void> {
  if (browserNotifications() !== "on") return;
  const data: Remembered = {
    id: notice.id,
    at: notice.at,
    url: messageAddress({
      id: notice.messageId,
      channelId: notice.channelId,
      parentMessageId: notice.parentMessageId,
    }),
  };
  // Silent, for the tone is ours and a choice of its own.
  const options = { body, tag: notice.id, icon: "/icon-192.png", silent: true, data };
  const registration = await registered();
  if (registration) return registration.showNotification(title, options);
  const shown = new Notification(title, options);
  shown.onclick = () => {
    window.focus();
    location.assign(data.url);
  };
}

/** Takes away what has been read, on whatever device. */
export async function closeNotices({
  ids,
  upTo,
}: {
  ids: readonly string[] | null;
  upTo: string | null;
}): Promise<void> {
  const registration = await registered();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const data = shown.data as Partial<Remembered> | null;
    const isMeant = ids ? ids.includes(data?.id ?? "") : upTo === null || (data?.at ?? "") <= upTo;
    if (isMeant) shown.close();
  }
}
