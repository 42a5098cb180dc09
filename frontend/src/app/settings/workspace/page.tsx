import { notFound } from "next/navigation";
import { WorkspaceRules } from "@/features/workspace/components/workspace-rules";
import { SettingsPage } from "../settings-page";

export default function WorkspacePage() {
  return (
    <SettingsPage section="workspace">{(me) => (me.role === "admin" ? <WorkspaceRules /> : notFound())}</SettingsPage>
  );
}
