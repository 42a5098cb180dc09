"use client";

import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { CodeField, plainCode } from "./code-field";

interface RegenerateCodesProps {
  onMade(backupCodes: readonly string[]): void;
  onCancel(): void;
}

export function RegenerateCodes({ onMade, onCancel }: RegenerateCodesProps) {
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const body = { code: plainCode(field("code")) };
    onMade((await api.post("/2fa/regenerate-backup-codes", { body })).backupCodes);
  });

  return (
    <form onSubmit={submit} className="max-w-[420px] space-y-5">
      <p className="text-sm text-n11">The codes that you have now stop working.</p>
      {sentence && <Notice tone="danger">{sentence}</Notice>}
      <CodeField label="Code of your app, or a backup code" autoFocus error={fields["code"]} />
      <FormActions label="Make new codes" isBusy={isBusy}>
        <Button tone="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </FormActions>
    </form>
  );
}
