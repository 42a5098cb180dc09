"use client";

import { useText } from "@/lib/text/text-context";
import { Button } from "./button";

interface ShowMoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown };
}

/** The next page of a list, while there is one. */
export function ShowMore({ query }: ShowMoreProps) {
  const t = useText();
  if (!query.hasNextPage) return null;
  return (
    <Button
      tone="quiet"
      size="sm"
      className="self-start"
      isBusy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {t("ui.showMore")}
    </Button>
  );
}
