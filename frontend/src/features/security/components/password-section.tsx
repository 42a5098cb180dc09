"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { NewPasswordField } from "@/components/ui/new-password-field";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { Section } from "@/components/ui/section";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { sessionsKey } from "../hooks/use-sessions";

export function PasswordSection() {
  const { me, setMe, hasPassword } = useMe();
  const queries = useQueryClient();
  const [round, setRound] = useState(0);
  const { submit, isBusy, isDone, sentence, fields } = useSubmit(async (field) => {
    const currentPassword = field("currentPassword");
    const body = { newPassword: field("newPassword"), ...(currentPassword && { currentPassword }) };
    await api.post("/auth/change-password", { body });
    setRound(round + 1);
    if (!hasPassword) setMe({ ...me, authProviders: [...me.authProviders, "password"] });
    await queries.invalidateQueries({ queryKey: sessionsKey });
  });

  return (
    <Section
      title="Password"
      description={
        hasPassword
          ? "Changing it signs you out on every other device."
          : "You sign in with Google. With a password you can sign in without it, too."
      }
    >
      <form onSubmit={submit} className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        {/* Password managers want to know whose password this is. */}
        <input type="hidden" autoComplete="username" value={me.email} readOnly />
        {hasPassword && (
          <PasswordField
            key={`current-${round}`}
            label="Current password"
            name="currentPassword"
            autoComplete="current-password"
            error={fields["currentPassword"]}
          />
        )}
        <NewPasswordField key={`new-${round}`} label="New password" name="newPassword" error={fields["newPassword"]} />
        <FormActions
          label={hasPassword ? "Change password" : "Set password"}
          isBusy={isBusy}
          done={isDone && "Your new password is set."}
        />
      </form>
    </Section>
  );
}
