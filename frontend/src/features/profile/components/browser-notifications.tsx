"use client";

import { useState, useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import {
  browserNotifications,
  followBrowserNotifications,
  setBrowserNotifications,
} from "@/lib/notifications/browser-choice";
import { subscribePush, unsubscribePush } from "@/lib/notifications/push";
import { useText } from "@/lib/text/text-context";

/** Of this browser alone: another device has a permission, and a choice, of its own. */
export function BrowserNotifications() {
  const t = useText();
  const choice = useSyncExternalStore(followBrowserNotifications, browserNotifications, () => "off" as const);
  const [sentence, setSentence] = useState<string | null>(null);

  async function turn(isOn: boolean) {
    setSentence(null);
    const isAllowed = isOn && (await Notification.requestPermission()) === "granted";
    setBrowserNotifications(isAllowed);
    await (isAllowed ? subscribePush() : unsubscribePush()).catch((error: unknown) =>
      setSentence(error instanceof ApiError ? sentenceOf(error) : t("notify.pushFailed")),
    );
  }

  if (choice === "unsupported") return <p className="text-frame text-n10">{t("notify.browserUnsupported")}</p>;
  return (
    <>
      <Switch
        label={t("notify.browser")}
        hint={choice === "blocked" ? t("notify.browserBlocked") : t("notify.browserHint")}
        isOn={choice === "on"}
        onChange={(isOn) => void turn(isOn)}
      />
      {sentence && <Notice tone="danger">{sentence}</Notice>}
    </>
  );
}
