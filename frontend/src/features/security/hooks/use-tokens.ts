"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

export const tokensKey = ["tokens"] as const;

export const useTokens = () =>
  useQuery({
    queryKey: tokensKey,
    queryFn: async ({ signal }) => (await api.get("/auth/tokens", { signal })).tokens,
  });

export function useRevokeToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete("/auth/tokens/:id", { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: tokensKey }),
  });
}
