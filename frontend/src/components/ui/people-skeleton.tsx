import { Skeleton } from "./skeleton";

export function PeopleSkeleton({ count = 5 }: { count?: number }) {
  return (
    <div className="space-y-4 p-3" aria-hidden>
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className="flex items-center gap-3">
          <Skeleton className="size-9 rounded-md" />
          <div className="space-y-2">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className="h-3 w-20" />
          </div>
        </div>
      ))}
    </div>
  );
}
