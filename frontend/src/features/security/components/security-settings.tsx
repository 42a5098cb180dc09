"use client";

import { Notice } from "@/components/ui/notice";
import { useMe } from "@/lib/me/me-context";
import { AccessTokens } from "./access-tokens";
import { PasswordSection } from "./password-section";
import { SessionList } from "./session-list";
import { TwoFactorSection } from "./two-factor-section";

/** Until the workspace's demand is met, setting up the second factor is all that the API allows. */
export function SecuritySettings({ isSetupRequired }: { isSetupRequired: boolean }) {
  const { me } = useMe();
  const isWaiting = isSetupRequired && !me.twoFactorEnabled;
  return (
    <>
      {isWaiting && (
        <Notice tone="neutral">
          Your workspace asks everybody for a second factor. Set yours up here; then everything opens. You need an
          authenticator app on your phone, such as Aegis, Google Authenticator or 1Password.
        </Notice>
      )}
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
