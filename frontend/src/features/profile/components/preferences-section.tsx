"use client";

import type { Preferences } from "@connectbest/contract";
import { useState } from "react";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SelectField } from "@/components/ui/select-field";
import { Switch } from "@/components/ui/switch";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useMe } from "@/lib/me/me-context";
import { chooseTheme } from "@/lib/theme/theme";
import { TimeZoneField } from "./time-zone-field";

const themes: readonly (readonly [Preferences["theme"], string])[] = [
  ["system", "As the system has it"],
  ["light", "Light"],
  ["dark", "Dark"],
];

const notifications: readonly (readonly [Preferences["notifications"], string])[] = [
  ["all", "Every message"],
  ["mentions", "Mentions and direct messages"],
  ["nothing", "Nothing"],
];

/** Each choice holds at once, and is kept for every device. */
export function PreferencesSection() {
  const { me, setMe } = useMe();
  const [sentence, setSentence] = useState<string | null>(null);
  const { preferences } = me;

  async function choose(change: Partial<Preferences>) {
    if (change.theme) chooseTheme(change.theme);
    setSentence(null);
    setMe({ ...me, preferences: { ...preferences, ...change } });
    await api.put("/users/me", { body: { preferences: change } }).then(
      ({ user }) => setMe(user),
      (error: unknown) => {
        setMe(me);
        setSentence(sentenceOf(error));
      },
    );
  }

  return (
    <Section title="Preferences" description="Saved as you choose, for all your devices.">
      <div className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        <SelectField
          label="Theme"
          value={preferences.theme}
          options={themes}
          onChange={(event) => void choose({ theme: event.target.value as Preferences["theme"] })}
        />
        <TimeZoneField value={preferences.timezone} onChange={(timezone) => void choose({ timezone })} />
        <SelectField
          label="Notify me of"
          value={preferences.notifications}
          options={notifications}
          onChange={(event) => void choose({ notifications: event.target.value as Preferences["notifications"] })}
        />
        <Switch
          label="Sound"
          hint="A short tone with each notification."
          isOn={preferences.soundEnabled}
          onChange={(soundEnabled) => void choose({ soundEnabled })}
        />
      </div>
    </Section>
  );
}
