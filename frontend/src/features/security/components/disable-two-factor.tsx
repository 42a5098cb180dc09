"use client";

import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { CodeField, plainCode } from "./code-field";

interface DisableTwoFactorProps {
  onDisabled(): void;
  onCancel(): void;
}

export function DisableTwoFactor({ onDisabled, onCancel }: DisableTwoFactorProps) {
  const { hasPassword } = useMe();
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const [password, code] = [field("password"), plainCode(field("code"))];
    await api.post("/2fa/disable", { body: { code, ...(password && { password }) } });
    onDisabled();
  });

  return (
    <form onSubmit={submit} className="max-w-[420px] space-y-5">
      <p className="text-sm text-n11">Whoever has your password will then be able to sign in as you.</p>
      {sentence && <Notice tone="danger">{sentence}</Notice>}
      {hasPassword && (
        <PasswordField label="Your password" autoComplete="current-password" autoFocus error={fields["password"]} />
      )}
      <CodeField label="Code of your app, or a backup code" error={fields["code"]} />
      <FormActions label="Turn off two-factor sign-in" tone="danger" isBusy={isBusy}>
        <Button tone="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </FormActions>
    </form>
  );
}
