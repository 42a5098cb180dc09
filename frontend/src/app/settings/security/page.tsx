import { SecuritySettings } from "@/features/security/components/security-settings";
import { SettingsPage } from "../settings-page";

export default async function SecurityPage({ searchParams }: PageProps<"/settings/security">) {
  const isRequired = (await searchParams)["setup"] === "required";
  return <SettingsPage section="security">{() => <SecuritySettings isSetupRequired={isRequired} />}</SettingsPage>;
}
