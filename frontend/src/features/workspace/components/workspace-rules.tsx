"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { LoadError } from "@/components/ui/load-error";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Switch } from "@/components/ui/switch";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useText } from "@/lib/text/text-context";

const rulesKey = ["workspace-rules"] as const;

export function WorkspaceRules() {
  const t = useText();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: rulesKey,
    queryFn: ({ signal }) => api.get("/admin/settings", { signal }),
  });
  const changing = useMutation({
    mutationFn: (requireTwoFactor: boolean) => api.put("/admin/settings", { body: { requireTwoFactor } }),
    onSuccess: (answer) => queries.setQueryData(rulesKey, answer),
  });
  // What was just chosen shows at once, and falls back when it is refused.
  const isOn = changing.isPending ? changing.variables : data?.settings.requireTwoFactor;

  return (
    <Section title={t("workspace.signingIn")} description={t("workspace.description")}>
      {changing.error && (
        <div className="mb-5">
          <Notice tone="danger">{sentenceOf(changing.error)}</Notice>
        </div>
      )}
      {isOn !== undefined ? (
        <Switch
          label={t("workspace.requireTwoFactor")}
          hint={t("workspace.requireTwoFactorHint")}
          isOn={isOn}
          onChange={(requireTwoFactor) => changing.mutate(requireTwoFactor)}
        />
      ) : error ? (
        <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : (
        <ListSkeleton label={t("workspace.loading")} count={1} />
      )}
    </Section>
  );
}
