"use client";

import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { Switch } from "@/components/ui/switch";
import { sentenceOf } from "@/lib/api/api-error";
import { useText } from "@/lib/text/text-context";
import { useNotificationSettings } from "../hooks/use-notification-settings";
import { KeywordsForm } from "./keywords-form";
import { PauseField } from "./pause-field";
import { QuietHoursForm } from "./quiet-hours-form";

/** Minutes that something may stay unread before a mail tells of it. */
const waits = [15, 30, 60, 240, 480, 1440];

export function NotificationRules() {
  const t = useText();
  const { settings, error, refetch, keep, choose, refusal } = useNotificationSettings();
  if (!settings)
    return error ? (
      <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />
    ) : (
      <ListSkeleton label={t("notify.loading")} count={3} />
    );

  const { doNotDisturb, mail, pausedUntil, keywords } = settings;
  const offered = waits.includes(mail.afterMinutes) ? waits : [...waits, mail.afterMinutes].sort((a, b) => a - b);
  const waitName = (minutes: number) =>
    minutes % 60 === 0 ? t("notify.hours", { count: minutes / 60 }) : t("notify.minutes", { count: minutes });
  return (
    <>
      {refusal && <Notice tone="danger">{sentenceOf(refusal)}</Notice>}
      <PauseField pausedUntil={pausedUntil} onPause={(until) => choose({ pausedUntil: until })} />
      <Switch
        label={t("notify.quiet")}
        hint={t("notify.quietHint")}
        isOn={doNotDisturb.isOn}
        onChange={(isOn) => choose({ doNotDisturb: { ...doNotDisturb, isOn } })}
      />
      {doNotDisturb.isOn && <QuietHoursForm hours={doNotDisturb} onKeep={(hours) => keep({ doNotDisturb: hours })} />}
      <Switch
        label={t("notify.mail")}
        hint={t("notify.mailHint")}
        isOn={mail.isOn}
        onChange={(isOn) => choose({ mail: { ...mail, isOn } })}
      />
      {mail.isOn && (
        <SelectField
          label={t("notify.mailAfter")}
          value={String(mail.afterMinutes)}
          options={offered.map((minutes) => [String(minutes), waitName(minutes)])}
          onChange={(event) => choose({ mail: { ...mail, afterMinutes: Number(event.target.value) } })}
        />
      )}
      <KeywordsForm keywords={keywords} onKeep={(words) => keep({ keywords: words })} />
    </>
  );
}
