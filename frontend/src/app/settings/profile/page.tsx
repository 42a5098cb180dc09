import { DeleteAccount } from "@/features/profile/components/delete-account";
import { EmailSection } from "@/features/profile/components/email-section";
import { ExportSection } from "@/features/profile/components/export-section";
import { NameSection } from "@/features/profile/components/name-section";
import { NotificationsSection } from "@/features/profile/components/notifications-section";
import { PictureSection } from "@/features/profile/components/picture-section";
import { PreferencesSection } from "@/features/profile/components/preferences-section";
import { StatusSection } from "@/features/profile/components/status-section";
import { SettingsPage } from "../settings-page";

export default function ProfilePage() {
  return (
    <SettingsPage section="profile">
      {() => (
        <>
          <PictureSection />
          <NameSection />
          <StatusSection />
          <PreferencesSection />
          <NotificationsSection />
          <EmailSection />
          <ExportSection />
          <DeleteAccount />
        </>
      )}
    </SettingsPage>
  );
}
