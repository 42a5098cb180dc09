"use client";

import type { Channel } from "@connectbest/contract";
import { MembersPanel } from "@/features/members/components/members-panel";
import { QueryProvider } from "@/lib/query/query-provider";

interface PanelProps {
  channel: Channel;
  onClose(): void;
}

/** What stands beside a conversation; loaded when first opened. */
export function Panel(props: PanelProps) {
  return (
    <QueryProvider>
      <MembersPanel {...props} />
    </QueryProvider>
  );
}
