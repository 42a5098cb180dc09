"use client";

import { useMemo, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/select-field";
import { useText } from "@/lib/text/text-context";

interface TimeZoneFieldProps {
  value: string;
  onChange(timezone: string): void;
}

const neverChanges = () => () => undefined;
const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The browser knows the zones and its own; the server, which may know others, leaves the list to it. */
export function TimeZoneField({ value, onChange }: TimeZoneFieldProps) {
  const t = useText();
  const here = useSyncExternalStore(neverChanges, deviceZone, () => value);
  const isInBrowser = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const options = useMemo(() => {
    const zones = isInBrowser ? Intl.supportedValuesOf("timeZone") : [];
    return [...new Set([value, here, "UTC", ...zones])]
      .sort()
      .map((zone) => [zone, zone.replaceAll("_", " ")] as const);
  }, [isInBrowser, value, here]);

  return (
    <div>
      <SelectField
        label={t("preferences.timeZone")}
        value={value}
        options={options}
        onChange={(event) => onChange(event.target.value)}
      />
      {here !== value && (
        <Button size="sm" className="mt-2" onClick={() => onChange(here)}>
          {t("preferences.timeZoneHere", { zone: here.replaceAll("_", " ") })}
        </Button>
      )}
    </div>
  );
}
