import { dayNameOf } from "@/lib/format/dates";

export function DayDivider({ timestamp }: { timestamp: string }) {
  return (
    <div role="separator" aria-label={dayNameOf(timestamp)} className="flex items-center gap-3 px-5 pt-5 pb-1.5">
      <span aria-hidden className="h-px flex-1 bg-n5" />
      <span aria-hidden className="text-xs font-medium text-n10">
        {dayNameOf(timestamp)}
      </span>
      <span aria-hidden className="h-px flex-1 bg-n5" />
    </div>
  );
}

export function NewDivider({ onRead }: { onRead(): void }) {
  return (
    <div role="separator" aria-label="New messages" className="flex items-center gap-3 px-5 pt-3 pb-1">
      <span aria-hidden className="text-xs font-semibold text-accent-text">
        New
      </span>
      <span aria-hidden className="h-px flex-1 bg-accent/60" />
      <button
        type="button"
        onClick={onRead}
        className="rounded-sm px-1 text-xs font-medium text-accent-text underline-offset-2 hover:underline"
      >
        Mark as read
      </button>
    </div>
  );
}
