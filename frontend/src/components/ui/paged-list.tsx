"use client";

import type { ReactNode } from "react";
import { sentenceOf } from "@/lib/api/api-error";
import { ListSkeleton } from "./list-skeleton";
import { LoadError } from "./load-error";
import { ShowMore } from "./show-more";

interface PagedListProps<Item> {
  query: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    refetch(): unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
  items: readonly Item[] | undefined;
  /** When there is nothing. */
  empty: ReactNode;
  children(item: Item): ReactNode;
}

/** A list in all its states: on its way, failed, empty, there, and more to come. */
export function PagedList<Item>({ query, items, empty, children }: PagedListProps<Item>) {
  if (query.isError && !items)
    return <LoadError sentence={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  if (!items) return <ListSkeleton />;
  // A page may be short, or empty, and have another after it.
  if (items.length === 0 && !query.hasNextPage) return empty;
  return (
    <>
      {items.map(children)}
      <ShowMore query={query} />
    </>
  );
}
