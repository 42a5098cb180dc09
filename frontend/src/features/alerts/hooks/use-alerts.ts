"use client";

import type { Event, Notification } from "@connectbest/contract";
import { useEffect, useEffectEvent } from "react";
import { isAttending } from "@/lib/live/page-signals";
import { Alerts, inOneTab } from "@/lib/notifications/alerts";
import { browserNotifications } from "@/lib/notifications/browser-choice";
import { noticeWords } from "@/lib/notifications/notice-words";
import { subscribePush } from "@/lib/notifications/push";
import { closeNotices, showNotice } from "@/lib/notifications/shown-notices";
import { playTone, prepareTone } from "@/lib/notifications/tone";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";

type Listen = (listener: (event: Event) => void) => () => void;

interface Here {
  channelId: string | null;
  /** Of the thread that stands open. */
  rootId: string | null;
}

/** Rings and shows notices for what is heard, by the reader's choices. */
export function useAlerts(listen: Listen, here: Here): void {
  const t = useText();
  const { preferences } = usePreferences();
  const wantsSound = useEffectEvent(() => preferences.soundEnabled);
  const wordsOf = useEffectEvent((notice: Notification) => noticeWords(t, notice));
  const isOnScreen = useEffectEvent(({ channelId, parentMessageId }: Notification) =>
    parentMessageId ? here.rootId === parentMessageId : here.channelId === channelId,
  );

  useEffect(prepareTone, []);
  useEffect(() => {
    // A subscription ends with the session that made it, so each start makes it anew; twice is once.
    if (browserNotifications() === "on") void subscribePush().catch(() => undefined);
  }, []);
  useEffect(() => {
    const alerts = new Alerts({
      isAttending,
      isOnScreen: (notice) => isOnScreen(notice),
      wantsSound: () => wantsSound(),
      ring: playTone,
      show: (notice) => showNotice(notice, wordsOf(notice)),
      close: closeNotices,
      once: inOneTab,
    });
    return listen((event) => alerts.heard(event));
  }, [listen]);
}
