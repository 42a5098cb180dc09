"use client";

import { useState } from "react";
import { SelectField } from "@/components/ui/select-field";
import { useFormats } from "@/lib/format/formats-context";
import { useText } from "@/lib/text/text-context";
import { endOf } from "../api/status-times";
import type { NewEnd } from "../api/status-times";

const lengths = ["30", "60", "today"] as const satisfies NewEnd[];

interface PauseFieldProps {
  pausedUntil: string | null;
  onPause(until: string | null): void;
}

/** Silence for a while, whatever the hour. */
export function PauseField({ pausedUntil, onPause }: PauseFieldProps) {
  const t = useText();
  const formats = useFormats();
  const [openedAt] = useState(Date.now);
  const running = pausedUntil !== null && Date.parse(pausedUntil) > openedAt ? pausedUntil : null;
  return (
    <SelectField
      label={t("notify.pause")}
      value={running ? "running" : "never"}
      options={[
        ...(running ? [["running", t("notify.pausedUntil", { when: formats.dateAndTime(running) })] as const] : []),
        ["never", t("notify.notPaused")],
        ...lengths.map((one) => [one, t(`status.end.${one}`)] as const),
      ]}
      onChange={(event) => onPause(endOf(event.target.value as NewEnd, ""))}
    />
  );
}
