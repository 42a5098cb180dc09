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

export function DeleteAccount() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="Delete account" description="For good: nobody can bring it back, not even an administrator.">
      <Button tone="danger" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      {isOpen && <DeleteDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}

const word = "delete";

function DeleteDialog({ onClose }: { onClose(): void }) {
  const { hasPassword } = useMe();
  const [typed, setTyped] = useState("");
  const isMeant = typed.trim().toLowerCase() === word;
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const password = field("password");
    await api.post("/users/me/delete", { body: { ...(password && { password }) } });
    await leaveTo("/login?reason=account_deleted");
  });

  return (
    <Dialog
      title="Delete your account?"
      description="Your name, email, picture and devices are deleted now. Your messages stay in their channels, without your name. Export your data first if you want to keep it."
      onClose={onClose}
    >
      <form onSubmit={submit} className="space-y-5 overflow-y-auto px-6 pb-6">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        {hasPassword && (
          <PasswordField autoComplete="current-password" label="Your password" error={fields["password"]} />
        )}
        <TextField
          label={`Type “${word}” to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          required
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" tone="danger" isBusy={isBusy} disabled={!isMeant}>
            Delete my account
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
