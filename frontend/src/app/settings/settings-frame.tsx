"use client";

import { ArrowLeft, Building2, ShieldCheck, UserRound } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { classes } from "@/components/ui/classes";
import { homePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

export type SettingsSection = "profile" | "security" | "workspace";

const icons: Record<SettingsSection, LucideIcon> = {
  profile: UserRound,
  security: ShieldCheck,
  workspace: Building2,
};

interface SettingsFrameProps {
  section: SettingsSection;
  /** The workspace's rules are administrators' business. */
  isAdmin: boolean;
  children: ReactNode;
}

export function SettingsFrame({ section, isAdmin, children }: SettingsFrameProps) {
  const t = useText();
  const shown = (Object.keys(icons) as SettingsSection[]).filter((name) => name !== "workspace" || isAdmin);
  return (
    <div className="min-h-dvh bg-n2">
      <title>{t("settings.pageTitle", { section: t(`settings.section.${section}`) })}</title>
      <header className="sticky top-0 z-10 flex h-14 items-center gap-2 border-b border-n5 bg-n1 px-3">
        <a
          href={homePath}
          className="flex h-9 items-center gap-2 rounded-sm px-2.5 text-sm font-medium text-n11 hover:bg-n3 hover:text-n12"
        >
          <ArrowLeft size={16} strokeWidth={1.5} aria-hidden />
          {t("settings.back")}
        </a>
        <span aria-hidden className="h-5 border-l border-n5" />
        <span className="px-2 text-heading font-semibold tracking-[-0.01em]">{t("settings.title")}</span>
      </header>
      <div className="mx-auto flex max-w-[960px] gap-10 px-6 py-8 max-roomy:gap-6 narrow:flex-col narrow:gap-4 narrow:px-3 narrow:py-4">
        <nav aria-label={t("settings.title")} className="w-44 shrink-0 narrow:w-full">
          <ul className="sticky top-20 flex flex-col gap-0.5 narrow:static narrow:flex-row">
            {shown.map((name) => (
              <li key={name} className="narrow:flex-1">
                <SettingsLink name={name} isCurrent={name === section} />
              </li>
            ))}
          </ul>
        </nav>
        <main className="min-w-0 flex-1 space-y-5 pb-10">
          <h1 className="sr-only">{t(`settings.section.${section}`)}</h1>
          {children}
        </main>
      </div>
    </div>
  );
}

function SettingsLink({ name, isCurrent }: { name: SettingsSection; isCurrent: boolean }) {
  const t = useText();
  const Icon = icons[name];
  return (
    <Link
      href={`/settings/${name}`}
      prefetch={false}
      aria-current={isCurrent ? "page" : undefined}
      className={classes(
        "flex h-9 items-center gap-2.5 rounded-sm px-2.5 text-sm transition-colors narrow:justify-center narrow:px-1",
        isCurrent ? "bg-n4 font-medium text-n12" : "text-n11 hover:bg-n3 hover:text-n12",
      )}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      {t(`settings.section.${name}`)}
    </Link>
  );
}
