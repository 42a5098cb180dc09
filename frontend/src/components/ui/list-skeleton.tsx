"use client";

import { useText } from "@/lib/text/text-context";
import { Skeleton } from "./skeleton";

/** Holds the place of a list whose rows have two lines. */
export function ListSkeleton({ label, count = 3 }: { label?: string; count?: number }) {
  const t = useText();
  return (
    <div role="status" aria-label={label ?? t("ui.loading")} className="divide-y divide-n5 px-3">
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className="space-y-2 py-3.5">
          <Skeleton className="h-3.5 w-44 max-w-full" />
          <Skeleton className="h-3 w-64 max-w-full" />
        </div>
      ))}
    </div>
  );
}
