"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { LoadError } from "@/components/ui/load-error";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { homePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

interface TwoFactorStateProps {
  /** It has just been set up because the workspace demands it: the next step is the chat. */
  isNew: boolean;
  onRegenerate(): void;
  onDisable(): void;
}

export function TwoFactorState({ isNew, onRegenerate, onDisable }: TwoFactorStateProps) {
  const t = useText();
  const { data, error, refetch } = useQuery({
    queryKey: ["two-factor"],
    queryFn: ({ signal }) => api.get("/2fa/status", { signal }),
    staleTime: 0,
  });
  if (error) return <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <p className="flex items-center gap-2.5 text-sm">
        <ShieldCheck size={20} strokeWidth={1.5} aria-hidden className="shrink-0 text-success" />
        <span className="font-medium">{t("twoFactor.on")}</span>
        {data ? (
          <span className={data.backupCodesLeft < 3 ? "text-danger" : "text-n10"}>
            {t("backup.left", { count: data.backupCodesLeft })}
          </span>
        ) : (
          <Skeleton className="h-3.5 w-32" />
        )}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {isNew && <ButtonLink href={homePath}>{t("twoFactor.toChat")}</ButtonLink>}
        <Button onClick={onRegenerate}>{t("backup.renew")}</Button>
        {data?.required ? (
          <p className="w-full text-frame text-n10">{t("twoFactor.stays")}</p>
        ) : (
          <Button tone="danger" onClick={onDisable}>
            {t("twoFactor.turnOff")}
          </Button>
        )}
      </div>
    </>
  );
}
