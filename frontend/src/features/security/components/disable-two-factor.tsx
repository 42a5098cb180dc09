"use client";

import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";
import { CodeField, plainCode } from "./code-field";

interface DisableTwoFactorProps {
  onDisabled(): void;
  onCancel(): void;
}

export function DisableTwoFactor({ onDisabled, onCancel }: DisableTwoFactorProps) {
  const t = useText();
  const { hasPassword } = useMe();
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const [password, code] = [field("password"), plainCode(field("code"))];
    await api.post("/2fa/disable", { body: { code, ...(password && { password }) } });
    onDisabled();
  });

  return (
    <form onSubmit={submit} className="max-w-[420px] space-y-5">
      <p className="text-sm text-n11">{t("twoFactor.offMeans")}</p>
      {sentence && <Notice tone="danger">{sentence}</Notice>}
      {hasPassword && (
        <PasswordField
          label={t("password.yours")}
          autoComplete="current-password"
          autoFocus
          error={fields["password"]}
        />
      )}
      <CodeField label={t("twoFactor.codeEither")} error={fields["code"]} />
      <FormActions label={t("twoFactor.turnOffAction")} tone="danger" isBusy={isBusy}>
        <Button tone="quiet" onClick={onCancel}>
          {t("ui.cancel")}
        </Button>
      </FormActions>
    </form>
  );
}
