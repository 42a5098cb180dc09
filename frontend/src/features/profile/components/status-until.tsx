"use client";

import { useState } from "react";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { useFormats } from "@/lib/format/formats-context";
import { localMinute } from "@/lib/format/later";
import { useText } from "@/lib/text/text-context";
import { statusEnds } from "../api/status-times";
import type { StatusEnd } from "../api/status-times";

interface StatusUntilProps {
  end: StatusEnd;
  onEnd(end: StatusEnd): void;
  /** When the present status ends, a timestamp; then it can be kept. */
  kept: string | null;
  error: string | undefined;
}

/** When a status ends by itself; a moment of one's own is the form's field `custom`. */
export function StatusUntil({ end, onEnd, kept, error }: StatusUntilProps) {
  const t = useText();
  const formats = useFormats();
  const [openedAt] = useState(() => new Date());
  return (
    <>
      <SelectField
        label={t("status.until")}
        value={end}
        options={[
          ...(kept ? [["kept", t("status.end.kept", { when: formats.dateAndTime(kept) })] as const] : []),
          ...statusEnds.map((one) => [one, t(`status.end.${one}`)] as const),
        ]}
        onChange={(event) => onEnd(event.target.value as StatusEnd)}
      />
      {end === "custom" && (
        <TextField
          label={t("status.endsAt")}
          name="custom"
          type="datetime-local"
          required
          min={localMinute(openedAt)}
          defaultValue={localMinute(new Date(openedAt.getTime() + 2 * 3_600_000))}
          error={error}
        />
      )}
    </>
  );
}
