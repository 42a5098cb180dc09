"use client";

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** Who is in a channel. The count, kept level by events, is part of the key: somebody coming or going asks anew. */
export const useMembers = (channelId: string, memberCount: number) =>
  useInfiniteQuery({
    queryKey: ["members", channelId, memberCount],
    queryFn: ({ pageParam, signal }) =>
      api.get("/chat/channels/:id/members", {
        params: { id: channelId },
        query: { limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export function useAddMember(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) =>
      api.post("/chat/channels/:id/members", { params: { id: channelId }, body: { userId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["members", channelId] }),
  });
}
