"use client";

import type { RouteResponse, Routes } from "@connectbest/contract";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";
import { ConfirmTwoFactor } from "./confirm-two-factor";

export type TwoFactorSecret = RouteResponse<Routes["setUpTwoFactor"]>;

interface SetUpTwoFactorProps {
  onEnabled(backupCodes: readonly string[]): void;
  onCancel(): void;
}

/** First the password, then the app: each step asks for what the one before has brought. */
export function SetUpTwoFactor({ onEnabled, onCancel }: SetUpTwoFactorProps) {
  const t = useText();
  const { hasPassword } = useMe();
  const [secret, setSecret] = useState<TwoFactorSecret | null>(null);
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const password = field("password");
    setSecret(await api.post("/2fa/setup", { body: { ...(password && { password }) } }));
  });

  if (secret) return <ConfirmTwoFactor secret={secret} onEnabled={onEnabled} onCancel={onCancel} />;
  return (
    <form onSubmit={submit} className="max-w-[420px] space-y-5">
      {sentence && <Notice tone="danger">{sentence}</Notice>}
      {hasPassword ? (
        <PasswordField
          label={t("password.yours")}
          autoComplete="current-password"
          autoFocus
          error={fields["password"]}
          hint={t("twoFactor.passwordHint")}
        />
      ) : (
        <p className="text-sm text-n10">{t("twoFactor.atHand")}</p>
      )}
      <FormActions label={t("twoFactor.continue")} isBusy={isBusy}>
        <Button tone="quiet" onClick={onCancel}>
          {t("ui.cancel")}
        </Button>
      </FormActions>
    </form>
  );
}
