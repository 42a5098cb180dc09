"use client";

import { Download } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Section } from "@/components/ui/section";
import { useText } from "@/lib/text/text-context";

export function ExportSection() {
  const t = useText();
  return (
    <Section title={t("export.title")} description={t("export.description")}>
      <ButtonLink href="/api/users/me/export" download tone="neutral">
        <Download size={16} strokeWidth={1.5} aria-hidden />
        {t("export.action")}
      </ButtonLink>
    </Section>
  );
}
