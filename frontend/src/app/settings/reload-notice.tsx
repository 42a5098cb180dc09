"use client";

import { LoadError } from "@/components/ui/load-error";
import { useText } from "@/lib/text/text-context";

export function ReloadNotice() {
  const t = useText();
  return <LoadError sentence={t("settings.unavailable")} onRetry={() => location.reload()} />;
}
