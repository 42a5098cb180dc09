"use client";

import type { Preferences } from "@connectbest/contract";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SelectField } from "@/components/ui/select-field";
import { Switch } from "@/components/ui/switch";
import { useText } from "@/lib/text/text-context";
import { useChoice } from "../hooks/use-choice";
import { BrowserNotifications } from "./browser-notifications";
import { NotificationRules } from "./notification-rules";

const levels = ["all", "mentions", "nothing"] as const satisfies Preferences["notifications"][];

/** What calls me, how, and when it may. */
export function NotificationsSection() {
  const t = useText();
  const { preferences, sentence, choose } = useChoice();
  return (
    <Section title={t("notify.title")} description={t("notify.description")}>
      <div className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        <SelectField
          label={t("notify.level")}
          value={preferences.notifications}
          options={levels.map((one) => [one, t(`notify.level.${one}`)])}
          onChange={(event) => void choose({ notifications: event.target.value as Preferences["notifications"] })}
        />
        <Switch
          label={t("notify.sound")}
          hint={t("notify.soundHint")}
          isOn={preferences.soundEnabled}
          onChange={(soundEnabled) => void choose({ soundEnabled })}
        />
        <BrowserNotifications />
        <NotificationRules />
      </div>
    </Section>
  );
}
