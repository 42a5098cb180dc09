"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

/** A list that comes page by page, by cursor. */
export function usePages<Page extends { nextCursor: string | null }>(
  queryKey: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>,
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
