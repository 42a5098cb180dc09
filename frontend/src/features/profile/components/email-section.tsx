"use client";

import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { Section } from "@/components/ui/section";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";

export function EmailSection() {
  const { me, setMe, hasPassword } = useMe();
  const { submit, isBusy, sentence, fields } = useSubmit(async (field, form) => {
    const newEmail = field("newEmail").trim();
    const currentPassword = field("currentPassword");
    await api.post("/auth/change-email", { body: { newEmail, ...(currentPassword && { currentPassword }) } });
    setMe({ ...me, pendingEmail: newEmail.toLowerCase() });
    form.reset();
  });

  return (
    <Section title="Email" description={`You sign in with ${me.email}, and mail goes there.`}>
      <form onSubmit={submit} className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        {me.pendingEmail && (
          <Notice tone="neutral">
            A link went to <strong className="font-semibold break-all">{me.pendingEmail}</strong>. Your address changes
            when it is opened.
          </Notice>
        )}
        <TextField
          label="New email"
          name="newEmail"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          hint="We mail a link there; until it is opened nothing changes."
          error={fields["newEmail"]}
        />
        {hasPassword && (
          <PasswordField
            label="Current password"
            name="currentPassword"
            autoComplete="current-password"
            error={fields["currentPassword"]}
          />
        )}
        <FormActions label="Change email" isBusy={isBusy} />
      </form>
    </Section>
  );
}
