"use client";

import type { Message } from "@connectbest/contract";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { useFormats } from "@/lib/format/formats-context";
import { localMinute, momentOf } from "@/lib/format/later";
import type { Later } from "@/lib/format/later";
import { useSubmit } from "@/lib/forms/use-submit";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";

const choices: readonly Later[] = ["inAnHour", "inThreeHours", "tomorrow", "monday"];

/** "Remind me of this message." */
export function RemindDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const t = useText();
  const formats = useFormats();
  const [when, setWhen] = useState<Later | "custom">("inAnHour");
  const [openedAt] = useState(() => new Date());
  const form = useSubmit(async (field) => {
    const moment = when === "custom" ? new Date(field("moment")) : momentOf(when);
    const body = {
      messageId: message.id,
      remindAt: moment.toISOString(),
      ...(field("note").trim() && { note: field("note").trim() }),
    };
    await api.post("/reminders", { body });
    onClose();
    notices.say(t("remind.done", { when: formats.dateAndTime(moment.toISOString()) }));
  });
  return (
    <Dialog title={t("remind.title")} onClose={onClose}>
      <form onSubmit={form.submit} className="space-y-4 px-6 pb-5">
        {form.sentence && <Notice tone="danger">{form.sentence}</Notice>}
        <SelectField
          label={t("remind.when")}
          value={when}
          onChange={(event) => setWhen(event.target.value as Later | "custom")}
          options={[
            ...choices.map((later) => [later, t(`later.${later}`)] as const),
            ["custom", t("later.custom")] as const,
          ]}
        />
        {when === "custom" && (
          <TextField
            label={t("remind.at")}
            name="moment"
            type="datetime-local"
            required
            min={localMinute(openedAt)}
            defaultValue={localMinute(momentOf("tomorrow", openedAt))}
            error={form.fields["remindAt"]}
          />
        )}
        <TextField
          label={t("remind.note")}
          name="note"
          autoComplete="off"
          maxLength={200}
          error={form.fields["note"]}
        />
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={form.isBusy}>
            {t("remind.action")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
