"use client";

import { Notice } from "@/components/ui/notice";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";
import { AccessTokens } from "./access-tokens";
import { PasswordSection } from "./password-section";
import { SessionList } from "./session-list";
import { TwoFactorSection } from "./two-factor-section";

/** Until the workspace's demand is met, setting up the second factor is all that the API allows. */
export function SecuritySettings({ isSetupRequired }: { isSetupRequired: boolean }) {
  const t = useText();
  const { me } = useMe();
  const isWaiting = isSetupRequired && !me.twoFactorEnabled;
  return (
    <>
      {isWaiting && <Notice tone="neutral">{t("twoFactor.demanded")}</Notice>}
      <TwoFactorSection isRequired={isSetupRequired} />
      {!isWaiting && (
        <>
          <PasswordSection />
          <SessionList />
          <AccessTokens />
        </>
      )}
    </>
  );
}
