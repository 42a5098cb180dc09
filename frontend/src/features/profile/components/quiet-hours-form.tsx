"use client";

import type { NotificationSettings } from "@connectbest/contract";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { useSubmit } from "@/lib/forms/use-submit";
import { useText } from "@/lib/text/text-context";

type QuietHours = NotificationSettings["doNotDisturb"];

interface QuietHoursFormProps {
  hours: QuietHours;
  onKeep(hours: QuietHours): Promise<void>;
}

export function QuietHoursForm({ hours, onKeep }: QuietHoursFormProps) {
  const t = useText();
  const form = useSubmit((field) => onKeep({ ...hours, from: field("from"), to: field("to") }));
  return (
    <form onSubmit={form.submit} className="space-y-5">
      {form.sentence && <Notice tone="danger">{form.sentence}</Notice>}
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label={t("notify.quietFrom")}
          name="from"
          type="time"
          required
          defaultValue={hours.from}
          error={form.fields["doNotDisturb.from"]}
        />
        <TextField
          label={t("notify.quietTo")}
          name="to"
          type="time"
          required
          defaultValue={hours.to}
          error={form.fields["doNotDisturb.to"]}
        />
      </div>
      <FormActions label={t("notify.quietSet")} isBusy={form.isBusy} done={form.isDone && t("notify.quietDone")} />
    </form>
  );
}
