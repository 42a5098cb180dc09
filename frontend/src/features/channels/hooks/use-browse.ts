"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** The public channels whose name or description fits, page by page. */
export const useBrowse = (query: string) =>
  useInfiniteQuery({
    queryKey: ["browse", query],
    queryFn: ({ pageParam, signal }) =>
      api.get("/chat/channels/browse", { query: { query: query || undefined, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
