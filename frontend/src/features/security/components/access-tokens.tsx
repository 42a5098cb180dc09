"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { sentenceOf } from "@/lib/api/api-error";
import { useText } from "@/lib/text/text-context";
import { useRevokeToken, useTokens } from "../hooks/use-tokens";
import { CreateTokenDialog } from "./create-token-dialog";
import { NewTokenSecret } from "./new-token-secret";
import { TokenRow } from "./token-row";

export function AccessTokens() {
  const t = useText();
  const { data: tokens, error, refetch } = useTokens();
  const revoking = useRevokeToken();
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);

  return (
    <Section
      title={t("tokens.title")}
      description={t("tokens.description")}
      action={
        <Button size="sm" onClick={() => setCreating(true)}>
          {t("tokens.create")}
        </Button>
      }
    >
      {made && <NewTokenSecret {...made} onDone={() => setMade(null)} />}
      {revoking.error && (
        <div className="mb-5">
          <Notice tone="danger">{sentenceOf(revoking.error)}</Notice>
        </div>
      )}
      {tokens?.length === 0 && !made && (
        <p className="flex items-center gap-3 text-sm text-n10">
          <KeyRound size={20} strokeWidth={1.5} aria-hidden />
          {t("tokens.none")}
        </p>
      )}
      {tokens && tokens.length > 0 && (
        <ul className="-my-3.5 divide-y divide-n5">
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              isEnding={revoking.isPending && revoking.variables === token.id}
              onRevoke={() => revoking.mutate(token.id)}
            />
          ))}
        </ul>
      )}
      {!tokens &&
        (error ? (
          <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />
        ) : (
          <ListSkeleton label={t("tokens.loading")} count={2} />
        ))}
      {isCreating && <CreateTokenDialog onClose={() => setCreating(false)} onMade={setMade} />}
    </Section>
  );
}
