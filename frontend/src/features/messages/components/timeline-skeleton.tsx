import { Skeleton } from "@/components/ui/skeleton";

const shapes = [
  ["w-24", "w-[46%]"],
  ["w-32", "w-[68%]", "w-[38%]"],
  ["w-20", "w-[30%]"],
  ["w-28", "w-[57%]", "w-[62%]", "w-[24%]"],
  ["w-24", "w-[41%]"],
];

export function TimelineSkeleton() {
  return (
    <div aria-hidden className="flex flex-1 flex-col justify-end gap-6 overflow-hidden px-5 pb-6 narrow:px-4">
      {shapes.map(([name, ...lines], index) => (
        <div key={index} className="flex gap-3">
          <Skeleton className="size-9 shrink-0 rounded-md" />
          <div className="flex-1 space-y-2.5 pt-1">
            <Skeleton className={`h-3.5 ${name ?? ""}`} />
            {lines.map((line, at) => (
              <Skeleton key={at} className={`h-3.5 ${line}`} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
