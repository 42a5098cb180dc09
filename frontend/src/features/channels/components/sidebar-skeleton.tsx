import { Skeleton } from "@/components/ui/skeleton";

const widths = ["w-28", "w-36", "w-24", "w-32", "w-20", "w-28"];

export function SidebarSkeleton() {
  return (
    <div className="space-y-3 px-2.5 py-2" aria-hidden>
      {widths.map((width, index) => (
        <div key={index} className="flex items-center gap-2.5">
          <Skeleton className="size-4" />
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}
