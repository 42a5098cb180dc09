"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { Section } from "@/components/ui/section";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { leaveTo } from "@/lib/auth/end-session";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";

export function DeleteAccount() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t("deletion.title")} description={t("deletion.description")}>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {t("deletion.action")}
      </Button>
      {isOpen && <DeleteDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}

function DeleteDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const { hasPassword } = useMe();
  const [typed, setTyped] = useState("");
  const isMeant = typed.trim().toLowerCase() === t("deletion.word");
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const password = field("password");
    await api.post("/users/me/delete", { body: { ...(password && { password }) } });
    await leaveTo("/login?reason=account_deleted");
  });

  return (
    <Dialog title={t("deletion.question")} description={t("deletion.means")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-5 overflow-y-auto px-6 pb-6">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        {hasPassword && (
          <PasswordField autoComplete="current-password" label={t("password.yours")} error={fields["password"]} />
        )}
        <TextField
          label={t("deletion.confirm", { word: t("deletion.word") })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          required
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("deletion.cancel")}</Button>
          <Button type="submit" tone="danger" isBusy={isBusy} disabled={!isMeant}>
            {t("deletion.action")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
