"use client";

import { Skeleton } from "@/components/ui/skeleton";
import { TimelineSkeleton } from "@/features/messages/components/timeline-skeleton";
import { useText } from "@/lib/text/text-context";

/** A conversation that is on its way: the frame stands, so nothing moves when it comes. */
export function ConversationSkeleton() {
  const t = useText();
  return (
    <div role="status" aria-label={t("message.loadingConversation")} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-14 shrink-0 items-center border-b border-n5 px-5">
        <Skeleton className="h-4 w-40" />
      </div>
      <TimelineSkeleton />
      <div className="mx-5 mb-6 h-[86px] shrink-0 rounded-md border border-n5 narrow:mx-3" />
    </div>
  );
}
