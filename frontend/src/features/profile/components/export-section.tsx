import { Download } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Section } from "@/components/ui/section";

export function ExportSection() {
  return (
    <Section
      title="Your data"
      description="Everything of yours as a ZIP: a page to read, and the same as JSON for programs."
    >
      <ButtonLink href="/api/users/me/export" download tone="neutral">
        <Download size={16} strokeWidth={1.5} aria-hidden />
        Export my data
      </ButtonLink>
    </Section>
  );
}
