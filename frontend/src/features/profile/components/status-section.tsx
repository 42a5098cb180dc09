"use client";

import type { UserStatus } from "@connectbest/contract";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useText } from "@/lib/text/text-context";
import { useMe } from "@/lib/me/me-context";
import { endOf } from "../api/status-times";
import type { StatusEnd } from "../api/status-times";
import { StatusUntil } from "./status-until";

const statuses: readonly UserStatus[] = ["online", "away", "busy", "inmeeting", "offline"];

export function StatusSection() {
  const t = useText();
  const { me, setMe } = useMe();
  const [end, setEnd] = useState<StatusEnd>(me.statusExpiresAt ? "kept" : "never");
  const [round, setRound] = useState(0);
  const isSet = me.status !== "online" || me.statusMessage !== null;

  async function show(status: UserStatus, statusMessage: string | null, expiresAt: string | null) {
    setMe((await api.put("/users/me/status", { body: { status, statusMessage, expiresAt } })).user);
  }
  const saving = useSubmit((field) =>
    show(
      field("status") as UserStatus,
      field("statusMessage").trim() || null,
      end === "kept" ? me.statusExpiresAt : endOf(end, field("custom")),
    ),
  );
  const clearing = useSubmit(async () => {
    await show("online", null, null);
    setEnd("never");
    setRound(round + 1);
  });

  return (
    <Section
      title={t("status.title")}
      description={t("status.description")}
      action={
        isSet && (
          <form onSubmit={clearing.submit}>
            <Button type="submit" size="sm" isBusy={clearing.isBusy}>
              {t("status.clear")}
            </Button>
          </form>
        )
      }
    >
      <form key={round} onSubmit={saving.submit} className="max-w-[420px] space-y-5">
        {(saving.sentence ?? clearing.sentence) && (
          <Notice tone="danger">{saving.sentence ?? clearing.sentence}</Notice>
        )}
        <SelectField
          label={t("status.iAm")}
          name="status"
          defaultValue={me.status}
          options={statuses.map((one) => [one, t(`status.${one}`)])}
        />
        <TextField
          label={t("status.message")}
          name="statusMessage"
          defaultValue={me.statusMessage ?? ""}
          maxLength={100}
          placeholder={t("status.example")}
          autoComplete="off"
          error={saving.fields["statusMessage"]}
        />
        <StatusUntil end={end} onEnd={setEnd} kept={me.statusExpiresAt} error={saving.fields["expiresAt"]} />
        <FormActions label={t("status.set")} isBusy={saving.isBusy} done={saving.isDone && t("status.done")} />
      </form>
    </Section>
  );
}
