import type { AccessToken } from "@connectbest/contract";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { agoOf, dateOf } from "@/lib/format/dates";

interface TokenRowProps {
  token: AccessToken;
  isEnding: boolean;
  onRevoke(): void;
}

export function TokenRow({ token, isEnding, onRevoke }: TokenRowProps) {
  const [now] = useState(Date.now);
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
            {hasExpired ? "Expired" : "Expires"} {dateOf(token.expiresAt)}
          </span>
          {" · "}
          {token.lastUsedAt
            ? `last used ${agoOf(token.lastUsedAt)}${token.lastUsedIp ? ` from ${token.lastUsedIp}` : ""}`
            : "never used"}
        </p>
      </div>
      <Button size="sm" isBusy={isEnding} aria-label={`Revoke ${token.name}`} onClick={onRevoke}>
        Revoke
      </Button>
    </li>
  );
}
