"use client";

import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { Section } from "@/components/ui/section";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";

export function EmailSection() {
  const t = useText();
  const { me, setMe, hasPassword } = useMe();
  const { submit, isBusy, sentence, fields } = useSubmit(async (field, form) => {
    const newEmail = field("newEmail").trim();
    const currentPassword = field("currentPassword");
    await api.post("/auth/change-email", { body: { newEmail, ...(currentPassword && { currentPassword }) } });
    setMe({ ...me, pendingEmail: newEmail.toLowerCase() });
    form.reset();
  });

  return (
    <Section title={t("email.title")} description={t("email.description", { email: me.email })}>
      <form onSubmit={submit} className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        {me.pendingEmail && (
          <Notice tone="neutral">
            {t.rich("email.pending", {
              email: me.pendingEmail,
              strong: (chunks) => <strong className="font-semibold break-all">{chunks}</strong>,
            })}
          </Notice>
        )}
        <TextField
          label={t("email.new")}
          name="newEmail"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          hint={t("email.newHint")}
          error={fields["newEmail"]}
        />
        {hasPassword && (
          <PasswordField
            label={t("password.current")}
            name="currentPassword"
            autoComplete="current-password"
            error={fields["currentPassword"]}
          />
        )}
        <FormActions label={t("email.change")} isBusy={isBusy} />
      </form>
    </Section>
  );
}
