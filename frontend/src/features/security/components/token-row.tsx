import type { AccessToken } from "@connectbest/contract";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useFormats } from "@/lib/format/formats-context";
import { useText } from "@/lib/text/text-context";

interface TokenRowProps {
  token: AccessToken;
  isEnding: boolean;
  onRevoke(): void;
}

export function TokenRow({ token, isEnding, onRevoke }: TokenRowProps) {
  const t = useText();
  const formats = useFormats();
  const [now] = useState(Date.now);
  const lastUse = !token.lastUsedAt
    ? t("tokens.neverUsed")
    : token.lastUsedIp
      ? t("tokens.lastUsedFrom", { when: formats.ago(token.lastUsedAt), address: token.lastUsedIp })
      : t("tokens.lastUsed", { when: formats.ago(token.lastUsedAt) });
  const hasExpired = Date.parse(token.expiresAt) <= now;
  return (
    <li className="flex items-center gap-3.5 py-3.5">
      <KeyRound size={20} strokeWidth={1.5} aria-hidden className="shrink-0 text-n10" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
          <span className="min-w-0 truncate">{token.name}</span>
          {token.scopes.map((scope) => (
            <span key={scope} className="rounded-full bg-n4 px-2 text-xs font-medium text-n11">
              {scope}
            </span>
          ))}
        </p>
        <p className="text-frame text-n10">
          <span className={hasExpired ? "text-danger" : undefined}>
            {t(hasExpired ? "tokens.expired" : "tokens.expires", { date: formats.date(token.expiresAt) })}
          </span>
          {" · "}
          {lastUse}
        </p>
      </div>
      <Button size="sm" isBusy={isEnding} aria-label={t("tokens.revokeNamed", { name: token.name })} onClick={onRevoke}>
        {t("tokens.revoke")}
      </Button>
    </li>
  );
}
