"use client";

import type { NotificationSettings } from "@connectbest/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const settingsKey = ["notification-settings"] as const;

type Change = Partial<NotificationSettings>;

/** When I may be disturbed, and by what. */
export function useNotificationSettings() {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: settingsKey,
    queryFn: async ({ signal }) => (await api.get("/notifications/settings", { signal })).settings,
  });

  /** For forms: they say by themselves what came of it. */
  async function keep(change: Change): Promise<void> {
    const { settings } = await api.put("/notifications/settings", { body: change });
    queries.setQueryData(settingsKey, settings);
  }
  const choosing = useMutation({ mutationFn: keep });
  // What was just chosen shows at once, and falls back when it is refused.
  const settings = data && { ...data, ...(choosing.isPending && choosing.variables) };
  return { settings, error, refetch, keep, choose: choosing.mutate, refusal: choosing.error };
}
