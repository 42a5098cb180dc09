"use client";

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { homePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

/** A conversation's place when there is none to show; on a narrow screen with the way back. */
export function PlainScreen({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <>
      <header className="flex h-14 shrink-0 items-center px-2 wide:hidden">
        <AppLink
          href={homePath}
          aria-label={t("ui.back")}
          className="flex size-10 items-center justify-center rounded-sm text-n11 hover:bg-n4"
        >
          <ArrowLeft size={20} strokeWidth={1.5} aria-hidden className="rtl:-scale-x-100" />
        </AppLink>
      </header>
      {children}
    </>
  );
}
