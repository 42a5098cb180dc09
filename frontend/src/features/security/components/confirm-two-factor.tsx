"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { SecretText } from "@/components/ui/secret-text";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useText } from "@/lib/text/text-context";
import { CodeField, plainCode } from "./code-field";
import type { TwoFactorSecret } from "./set-up-two-factor";

interface ConfirmTwoFactorProps {
  secret: TwoFactorSecret;
  onEnabled(backupCodes: readonly string[]): void;
  onCancel(): void;
}

export function ConfirmTwoFactor({ secret, onEnabled, onCancel }: ConfirmTwoFactorProps) {
  const t = useText();
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const body = { code: plainCode(field("code")) };
    onEnabled((await api.post("/2fa/verify-setup", { body })).backupCodes);
  });

  return (
    <div className="flex flex-wrap gap-6">
      {/* eslint-disable-next-line @next/next/no-img-element -- a data URL that the server drew */}
      <img
        src={secret.qrCode}
        alt={t("twoFactor.qr")}
        width={184}
        height={184}
        className="size-[184px] rounded-sm border border-n5 bg-white p-1"
      />
      <div className="min-w-[240px] flex-1 space-y-5">
        <div>
          <p className="text-sm font-medium">{t("twoFactor.scan")}</p>
          <p className="mt-1 text-frame text-n10">{t("twoFactor.byHand")}</p>
          <SecretText label={t("twoFactor.key")}>{secret.secret}</SecretText>
          <div className="mt-2">
            <CopyButton text={secret.secret} label={t("twoFactor.copyKey")} />
          </div>
        </div>
        <form onSubmit={submit} className="space-y-5">
          {sentence && <Notice tone="danger">{sentence}</Notice>}
          <CodeField autoFocus hint={t("twoFactor.codeHint")} error={fields["code"]} />
          <FormActions label={t("twoFactor.turnOn")} isBusy={isBusy}>
            <Button tone="quiet" onClick={onCancel}>
              {t("ui.cancel")}
            </Button>
          </FormActions>
        </form>
      </div>
    </div>
  );
}
