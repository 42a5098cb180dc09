"use client";

import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useText } from "@/lib/text/text-context";
import { CodeField, plainCode } from "./code-field";

interface RegenerateCodesProps {
  onMade(backupCodes: readonly string[]): void;
  onCancel(): void;
}

export function RegenerateCodes({ onMade, onCancel }: RegenerateCodesProps) {
  const t = useText();
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const body = { code: plainCode(field("code")) };
    onMade((await api.post("/2fa/regenerate-backup-codes", { body })).backupCodes);
  });

  return (
    <form onSubmit={submit} className="max-w-[420px] space-y-5">
      <p className="text-sm text-n11">{t("backup.renewMeans")}</p>
      {sentence && <Notice tone="danger">{sentence}</Notice>}
      <CodeField label={t("twoFactor.codeEither")} autoFocus error={fields["code"]} />
      <FormActions label={t("backup.renewAction")} isBusy={isBusy}>
        <Button tone="quiet" onClick={onCancel}>
          {t("ui.cancel")}
        </Button>
      </FormActions>
    </form>
  );
}
