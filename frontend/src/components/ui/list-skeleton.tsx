import { Skeleton } from "./skeleton";

/** Holds the place of a list whose rows have two lines. */
export function ListSkeleton({ label, count = 3 }: { label: string; count?: number }) {
  return (
    <div role="status" aria-label={label} className="divide-y divide-n5">
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className="space-y-2 py-3.5">
          <Skeleton className="h-3.5 w-44" />
          <Skeleton className="h-3 w-64 max-w-full" />
        </div>
      ))}
    </div>
  );
}
