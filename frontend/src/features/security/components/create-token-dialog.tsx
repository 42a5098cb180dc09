"use client";

import type { TokenScope } from "@connectbest/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/check-field";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { useSubmit } from "@/lib/forms/use-submit";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";
import { tokensKey } from "../hooks/use-tokens";

const scopes: readonly TokenScope[] = ["read", "write", "admin"];

/** Days. */
const lifetimes = ["7", "30", "90", "365"] as const;

interface CreateTokenDialogProps {
  onClose(): void;
  onMade(token: { name: string; secret: string }): void;
}

export function CreateTokenDialog({ onClose, onMade }: CreateTokenDialogProps) {
  const t = useText();
  const { me } = useMe();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly TokenScope[]>(["read"]);
  const { submit, isBusy, sentence, fields } = useSubmit(async (field) => {
    const body = { name: field("name"), scopes: [...chosen], expiresInDays: Number(field("expiresInDays")) };
    const { token, secret } = await api.post("/auth/tokens", { body });
    onMade({ name: token.name, secret });
    onClose();
    await queries.invalidateQueries({ queryKey: tokensKey });
  });

  const toggle = (scope: TokenScope, isOn: boolean) =>
    setChosen(isOn ? [...chosen, scope] : chosen.filter((other) => other !== scope));

  return (
    <Dialog title={t("tokens.createTitle")} description={t("tokens.createHint")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-5 overflow-y-auto px-6 pb-6">
        {sentence && <Notice tone="danger">{sentence}</Notice>}
        <TextField
          label={t("tokens.name")}
          name="name"
          required
          maxLength={60}
          autoComplete="off"
          placeholder={t("tokens.nameExample")}
          error={fields["name"]}
        />
        <fieldset>
          <legend className="mb-2 text-frame font-medium">{t("tokens.scopes")}</legend>
          <div className="space-y-2.5">
            {scopes
              .filter((scope) => scope !== "admin" || me.role === "admin")
              .map((scope) => (
                <CheckField
                  key={scope}
                  label={t(`tokens.scope.${scope}`)}
                  hint={t(`tokens.scopeHint.${scope}`)}
                  checked={chosen.includes(scope)}
                  onChange={(event) => toggle(scope, event.target.checked)}
                />
              ))}
          </div>
          {(chosen.length === 0 || fields["scopes"]) && (
            <p role="alert" className="mt-2 text-frame text-danger">
              {fields["scopes"] ?? t("tokens.noScope")}
            </p>
          )}
        </fieldset>
        <SelectField
          label={t("tokens.lifetime")}
          name="expiresInDays"
          defaultValue="30"
          options={lifetimes.map((days) => [days, t(`tokens.lifetime.${days}`)])}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={isBusy} disabled={chosen.length === 0}>
            {t("tokens.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
