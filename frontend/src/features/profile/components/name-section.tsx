"use client";

import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";

export function NameSection() {
  const t = useText();
  const { me, setMe } = useMe();
  const { submit, isBusy, isDone, sentence, fields } = useSubmit(async (field) => {
    const body = { name: field("name"), phone: field("phone").trim() || null };
    setMe((await api.put("/users/me", { body })).user);
  });

  return (
    <Section title={t("name.title")} description={t("name.description", { username: me.username })}>
      <form onSubmit={submit} className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        <TextField
          label={t("name.name")}
          name="name"
          autoComplete="name"
          defaultValue={me.name}
          required
          minLength={2}
          maxLength={100}
          error={fields["name"]}
        />
        <TextField
          label={t("name.phone")}
          name="phone"
          type="tel"
          autoComplete="tel"
          defaultValue={me.phone ?? ""}
          maxLength={40}
          hint={t("name.phoneHint")}
          error={fields["phone"]}
        />
        <FormActions label={t("ui.save")} isBusy={isBusy} done={isDone && t("settings.saved")} />
      </form>
    </Section>
  );
}
