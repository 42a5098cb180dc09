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
import { useText } from "@/lib/text/text-context";
import { sessionsKey } from "../hooks/use-sessions";

export function PasswordSection() {
  const t = useText();
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
      title={t("password.title")}
      description={hasPassword ? t("password.description") : t("password.descriptionNone")}
    >
      <form onSubmit={submit} className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        {/* Password managers want to know whose password this is. */}
        <input type="hidden" autoComplete="username" value={me.email} readOnly />
        {hasPassword && (
          <PasswordField
            key={`current-${round}`}
            label={t("password.current")}
            name="currentPassword"
            autoComplete="current-password"
            error={fields["currentPassword"]}
          />
        )}
        <NewPasswordField
          key={`new-${round}`}
          label={t("password.new")}
          name="newPassword"
          error={fields["newPassword"]}
        />
        <FormActions
          label={hasPassword ? t("password.change") : t("password.set")}
          isBusy={isBusy}
          done={isDone && t("password.done")}
        />
      </form>
    </Section>
  );
}
