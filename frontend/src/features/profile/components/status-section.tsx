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
import { dateAndTimeOf } from "@/lib/format/dates";
import { useMe } from "@/lib/me/me-context";
import { endOf, localMinute, statusEnds } from "../api/status-times";
import type { StatusEnd } from "../api/status-times";

const statuses: readonly (readonly [UserStatus, string])[] = [
  ["online", "Available"],
  ["away", "Away"],
  ["busy", "Busy"],
  ["inmeeting", "In a meeting"],
  ["offline", "Appear offline"],
];

export function StatusSection() {
  const { me, setMe } = useMe();
  const [end, setEnd] = useState<StatusEnd>("never");
  const [round, setRound] = useState(0);
  const [openedAt] = useState(() => new Date());
  const isSet = me.status !== "online" || me.statusMessage !== null;

  async function show(status: UserStatus, statusMessage: string | null, expiresAt: string | null) {
    setMe((await api.put("/users/me/status", { body: { status, statusMessage, expiresAt } })).user);
  }
  const saving = useSubmit((field) =>
    show(field("status") as UserStatus, field("statusMessage").trim() || null, endOf(end, field("custom"))),
  );
  const clearing = useSubmit(async () => {
    await show("online", null, null);
    setEnd("never");
    setRound(round + 1);
  });

  return (
    <Section
      title="Status"
      description="Shown beside your name."
      action={
        isSet && (
          <form onSubmit={clearing.submit}>
            <Button type="submit" size="sm" isBusy={clearing.isBusy}>
              Clear status
            </Button>
          </form>
        )
      }
    >
      <form key={round} onSubmit={saving.submit} className="max-w-[420px] space-y-5">
        {(saving.sentence ?? clearing.sentence) && (
          <Notice tone="danger">{saving.sentence ?? clearing.sentence}</Notice>
        )}
        <SelectField label="I am" name="status" defaultValue={me.status} options={statuses} />
        <TextField
          label="Message"
          name="statusMessage"
          defaultValue={me.statusMessage ?? ""}
          maxLength={100}
          placeholder="Writing the launch notes"
          autoComplete="off"
          error={saving.fields["statusMessage"]}
        />
        <SelectField
          label="Until"
          value={end}
          onChange={(event) => setEnd(event.target.value as StatusEnd)}
          options={statusEnds}
        />
        {end === "custom" && (
          <TextField
            label="Ends at"
            name="custom"
            type="datetime-local"
            required
            min={localMinute(openedAt)}
            defaultValue={localMinute(new Date(openedAt.getTime() + 2 * 3_600_000))}
            error={saving.fields["expiresAt"]}
          />
        )}
        {me.statusExpiresAt && (
          <p className="text-frame text-n10" suppressHydrationWarning>
            The present one ends on {dateAndTimeOf(me.statusExpiresAt)}.
          </p>
        )}
        <FormActions label="Set status" isBusy={saving.isBusy} done={saving.isDone && "Your team sees it now."} />
      </form>
    </Section>
  );
}
