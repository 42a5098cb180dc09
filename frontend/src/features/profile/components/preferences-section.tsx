"use client";

import type { Preferences } from "@connectbest/contract";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SelectField } from "@/components/ui/select-field";
import { languages } from "@/lib/text/language";
import { keepLanguage } from "@/lib/text/language-cookie";
import { useText } from "@/lib/text/text-context";
import { chooseTheme } from "@/lib/theme/theme";
import { useChoice } from "../hooks/use-choice";
import { TimeZoneField } from "./time-zone-field";

const themes = ["system", "light", "dark"] as const satisfies Preferences["theme"][];
const densities = ["comfortable", "compact"] as const satisfies Preferences["density"][];
const timeFormats = ["system", "12h", "24h"] as const satisfies Preferences["timeFormat"][];
const enterKeys = ["send", "newline"] as const satisfies Preferences["enterKey"][];

/** Each choice holds at once, and is kept for every device. */
export function PreferencesSection() {
  const t = useText();
  const { preferences, sentence, choose } = useChoice();

  function chooseThemeForAll(theme: Preferences["theme"]) {
    chooseTheme(theme);
    void choose({ theme });
  }

  /** Pages are rendered in a language: this one is asked for again. */
  async function chooseLanguage(language: Preferences["language"]) {
    if (!(await choose({ language }))) return;
    keepLanguage(language);
    location.reload();
  }

  return (
    <Section title={t("preferences.title")} description={t("preferences.description")}>
      <div className="max-w-[420px] space-y-5">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        <SelectField
          label={t("preferences.language")}
          value={preferences.language}
          options={[["system", t("preferences.languageSystem")], ...Object.entries(languages)]}
          onChange={(event) => void chooseLanguage(event.target.value as Preferences["language"])}
        />
        <SelectField
          label={t("preferences.theme")}
          value={preferences.theme}
          options={themes.map((one) => [one, t(`preferences.theme.${one}`)])}
          onChange={(event) => chooseThemeForAll(event.target.value as Preferences["theme"])}
        />
        <SelectField
          label={t("preferences.density")}
          value={preferences.density}
          options={densities.map((one) => [one, t(`preferences.density.${one}`)])}
          onChange={(event) => void choose({ density: event.target.value as Preferences["density"] })}
        />
        <TimeZoneField value={preferences.timezone} onChange={(timezone) => void choose({ timezone })} />
        <SelectField
          label={t("preferences.timeFormat")}
          value={preferences.timeFormat}
          options={timeFormats.map((one) => [one, t(`preferences.timeFormat.${one}`)])}
          onChange={(event) => void choose({ timeFormat: event.target.value as Preferences["timeFormat"] })}
        />
        <SelectField
          label={t("preferences.enterKey")}
          value={preferences.enterKey}
          options={enterKeys.map((one) => [one, t(`preferences.enterKey.${one}`)])}
          onChange={(event) => void choose({ enterKey: event.target.value as Preferences["enterKey"] })}
        />
      </div>
    </Section>
  );
}
