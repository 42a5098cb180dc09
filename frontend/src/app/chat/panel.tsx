"use client";

import type { Channel } from "@connectbest/contract";
import { AboutPanel } from "@/features/channels/components/about-panel";
import { FilesPanel } from "@/features/channels/components/files-panel";
import { PinsPanel } from "@/features/channels/components/pins-panel";
import { MembersPanel } from "@/features/members/components/members-panel";
import { ThreadPanel } from "@/features/messages/components/thread-panel";
import { ProfilePanel } from "@/features/people/components/profile-panel";
import type { Panel } from "@/lib/navigation/panel";
import { QueryProvider } from "@/lib/query/query-provider";

interface PanelViewProps {
  panel: Panel;
  channel: Channel;
  /** The reply that the address names. */
  targetId: string | null;
  onClose(): void;
}

/** What stands beside a conversation; loaded when first opened. */
export function PanelView({ panel, channel, targetId, onClose }: PanelViewProps) {
  return (
    <QueryProvider>
      {panel.kind === "thread" && (
        <ThreadPanel channel={channel} rootId={panel.rootId} targetId={targetId} onClose={onClose} />
      )}
      {panel.kind === "profile" && <ProfilePanel key={panel.userId} userId={panel.userId} onClose={onClose} />}
      {panel.kind === "members" && <MembersPanel channel={channel} onClose={onClose} />}
      {panel.kind === "pins" && <PinsPanel channel={channel} onClose={onClose} />}
      {panel.kind === "files" && <FilesPanel channel={channel} onClose={onClose} />}
      {panel.kind === "about" && <AboutPanel channel={channel} onClose={onClose} />}
    </QueryProvider>
  );
}
