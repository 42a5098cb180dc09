import type { Me } from "@connectbest/contract";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { getOnServer } from "@/lib/api/server";
import { loginUrl } from "@/lib/auth/callback-url";
import { readSession } from "@/lib/auth/session";
import { MeProvider } from "@/lib/me/me-context";
import { QueryProvider } from "@/lib/query/query-provider";
import { KeepLanguage } from "@/lib/text/keep-language";
import { pageText } from "@/lib/text/page-text";
import { TextProvider } from "@/lib/text/text-context";
import { MyFormats } from "./my-formats";
import { ReloadNotice } from "./reload-notice";
import { SettingsFrame } from "./settings-frame";
import type { SettingsSection } from "./settings-frame";

interface SettingsPageProps {
  section: SettingsSection;
  children(me: Me): ReactNode;
}

/** Every settings page: who I am is asked here, on the server, also while a second factor is still to be set up. */
export async function SettingsPage({ section, children }: SettingsPageProps) {
  const path = `/settings/${section}`;
  const session = await readSession(await cookies());
  if (!session) redirect(loginUrl(path));
  const answer = await getOnServer(session, "/auth/me");
  if (answer === "session_ended") redirect(loginUrl(path, "session_ended"));
  if (answer === null || answer === "setup_required")
    return (
      <TextProvider {...await pageText(undefined, "settings")}>
        <SettingsFrame section={section} isAdmin={false}>
          <ReloadNotice />
        </SettingsFrame>
      </TextProvider>
    );
  const { preferences, role } = answer.user;
  return (
    <TextProvider {...await pageText(preferences.language, "settings")}>
      <KeepLanguage preference={preferences.language} />
      <SettingsFrame section={section} isAdmin={role === "admin"}>
        <QueryProvider>
          <MeProvider initial={answer.user}>
            <MyFormats>{children(answer.user)}</MyFormats>
          </MeProvider>
        </QueryProvider>
      </SettingsFrame>
    </TextProvider>
  );
}
