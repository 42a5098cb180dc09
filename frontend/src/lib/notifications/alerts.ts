import type { Event, Notification } from "@connectbest/contract";

export interface AlertsDependencies {
  /** The page is visible and has the focus. */
  isAttending(): boolean;
  /** What the notice is about is on screen. */
  isOnScreen(notification: Notification): boolean;
  wantsSound(): boolean;
  ring(): void;
  /** Shows it beside all windows, where the reader allowed that. */
  show(notification: Notification): Promise<void>;
  /** Takes away what was shown: these, or whatever is older than a moment. */
  close(which: { ids: readonly string[] | null; upTo: string | null }): Promise<void>;
  /** Runs `act` in one of the open tabs; the one that answers first. */
  once(name: string, isReader: boolean, act: () => Promise<void>): Promise<void>;
}

/** Calls the reader when something concerns them and they are not looking: one tab does it for all. */
export class Alerts {
  constructor(private readonly deps: AlertsDependencies) {}

  heard(event: Event): void {
    if (event.type === "notifications.read") void this.deps.close(event);
    if (event.type !== "notification" || !event.isLoud) return;
    const { notification } = event;
    const isSeen = this.deps.isAttending() && this.deps.isOnScreen(notification);
    void this.deps.once(`${notification.id} ${notification.at}`, isSeen, async () => {
      if (isSeen) return;
      if (this.deps.wantsSound()) this.deps.ring();
      // Who looks at the chat, if at another place of it, sees the count rise.
      if (!this.deps.isAttending()) await this.deps.show(notification);
    });
  }
}

/** Milliseconds that a tab which shows the thing is given to say so before the others. */
const readerFirst = 120;
/** Milliseconds after which the same name may come again. */
const forget = 2_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One of the tabs, by a lock that all of them know. */
export async function inOneTab(name: string, isReader: boolean, act: () => Promise<void>): Promise<void> {
  if (!isReader) await pause(readerFirst);
  if (!("locks" in navigator)) return act();
  await navigator.locks.request(`connectbest:alert:${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await act();
    await pause(forget);
  });
}
