"use client";

import { BrowseChannelsDialog } from "@/features/channels/components/browse-channels-dialog";
import { CreateChannelDialog } from "@/features/channels/components/create-channel-dialog";
import { NewMessageDialog } from "@/features/people/components/new-message-dialog";
import { SwitcherDialog } from "@/features/switcher/components/switcher-dialog";
import { QueryProvider } from "@/lib/query/query-provider";

export type DialogName = "create" | "browse" | "people" | "switcher";

interface DialogsProps {
  name: DialogName;
  onOpen(name: DialogName): void;
  onClose(): void;
}

export function Dialogs({ name, onOpen, onClose }: DialogsProps) {
  return (
    <QueryProvider>
      {name === "create" && <CreateChannelDialog onClose={onClose} />}
      {name === "browse" && <BrowseChannelsDialog onClose={onClose} onCreate={() => onOpen("create")} />}
      {name === "people" && <NewMessageDialog onClose={onClose} />}
      {name === "switcher" && <SwitcherDialog onClose={onClose} />}
    </QueryProvider>
  );
}
