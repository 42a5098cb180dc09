"use client";

import { ArchiveDialog } from "@/features/channels/components/archive-dialog";
import { BrowseChannelsDialog } from "@/features/channels/components/browse-channels-dialog";
import { CreateChannelDialog } from "@/features/channels/components/create-channel-dialog";
import { LeaveDialog } from "@/features/channels/components/leave-dialog";
import { SectionDialog } from "@/features/channels/components/section-dialog";
import { ShortcutsDialog } from "@/features/help/components/shortcuts-dialog";
import { ForwardDialog } from "@/features/messages/components/forward-dialog";
import { HistoryDialog } from "@/features/messages/components/history-dialog";
import { RemindDialog } from "@/features/messages/components/remind-dialog";
import { NewMessageDialog } from "@/features/people/components/new-message-dialog";
import { StatusDialog } from "@/features/profile/components/status-dialog";
import { SwitcherDialog } from "@/features/switcher/components/switcher-dialog";
import type { DialogRequest } from "@/lib/navigation/dialogs-context";
import { FormatsProvider } from "@/lib/format/formats-context";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { QueryProvider } from "@/lib/query/query-provider";
import { useOpenChannelId } from "./use-open-channel";

interface DialogsProps {
  request: DialogRequest;
  onOpen(request: DialogRequest): void;
  onClose(): void;
}

export function Dialogs(props: DialogsProps) {
  const { preferences } = usePreferences();
  return (
    <FormatsProvider timeFormat={preferences.timeFormat}>
      <QueryProvider>
        <Opened {...props} />
      </QueryProvider>
    </FormatsProvider>
  );
}

function Opened({ request, onOpen, onClose }: DialogsProps) {
  const currentId = useOpenChannelId();
  switch (request.name) {
    case "create":
      return <CreateChannelDialog onClose={onClose} />;
    case "browse":
      return <BrowseChannelsDialog onClose={onClose} onCreate={() => onOpen({ name: "create" })} />;
    case "people":
      return <NewMessageDialog onClose={onClose} />;
    case "switcher":
      return <SwitcherDialog currentId={currentId} onClose={onClose} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={onClose} />;
    // It stands beside the page, not over it (see ChatApp).
    case "tour":
      return null;
    case "status":
      return <StatusDialog onClose={onClose} />;
    case "forward":
      return <ForwardDialog message={request.message} onClose={onClose} />;
    case "remind":
      return <RemindDialog message={request.message} onClose={onClose} />;
    case "history":
      return <HistoryDialog message={request.message} onClose={onClose} />;
    case "leave":
      return <LeaveDialog channel={request.channel} onClose={onClose} />;
    case "archive":
      return <ArchiveDialog channel={request.channel} onClose={onClose} />;
    case "section":
      return <SectionDialog channelId={request.channelId} onClose={onClose} />;
  }
}
