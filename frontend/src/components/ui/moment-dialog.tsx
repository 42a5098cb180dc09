"use client";

import { useState } from "react";
import { useSubmit } from "@/lib/forms/use-submit";
import { localMinute, momentOf } from "@/lib/format/later";
import { useText } from "@/lib/text/text-context";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Notice } from "./notice";
import { TextField } from "./text-field";

interface MomentDialogProps {
  title: string;
  label: string;
  /** On the button. */
  action: string;
  initial?: Date;
  onChoose(moment: Date): Promise<void>;
  onClose(): void;
}

/** Asks for a moment to come, in the reader's own zone. */
export function MomentDialog({ title, label, action, initial, onChoose, onClose }: MomentDialogProps) {
  const t = useText();
  const [openedAt] = useState(() => new Date());
  const form = useSubmit(async (field) => {
    await onChoose(new Date(field("moment")));
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={form.submit} className="space-y-5 px-6 pb-5">
        {form.sentence && <Notice tone="danger">{form.sentence}</Notice>}
        <TextField
          label={label}
          name="moment"
          type="datetime-local"
          required
          min={localMinute(openedAt)}
          defaultValue={localMinute(initial ?? momentOf("tomorrow", openedAt))}
          error={form.fields["sendAt"] ?? form.fields["remindAt"]}
        />
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={form.isBusy}>
            {action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
