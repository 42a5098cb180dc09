"use client";

import { classes } from "@/components/ui/classes";
import { Compass, Plus, SquarePen } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ChannelList } from "@/features/channels/components/channel-list";
import { ConversationList } from "@/features/channels/components/conversation-list";
import { SidebarSkeleton } from "@/features/channels/components/sidebar-skeleton";
import { ConnectionStatus } from "@/features/connection/components/connection-status";
import { useChat } from "@/lib/chat/chat-context";
import type { DialogName } from "./dialogs";
import { useOpenChannelId } from "./use-open-channel";

interface SidebarProps {
  isHome: boolean;
  onOpen(dialog: DialogName): void;
}

export function Sidebar({ isHome, onOpen }: SidebarProps) {
  const isLoaded = useChat((state) => state.channels !== null);
  const hasConversations = useChat((state) =>
    Object.values(state.channels ?? {}).some(({ channel }) => channel.type === "dm"),
  );
  const currentId = useOpenChannelId();
  return (
    <div
      className={classes(
        "flex w-[264px] shrink-0 flex-col border-r border-n5 bg-n2 narrow:min-h-0 narrow:w-full narrow:flex-1 narrow:border-r-0",
        !isHome && "narrow:hidden",
      )}
    >
      <header className="flex h-14 shrink-0 items-center border-b border-n5 pr-2.5 pl-4">
        <span className="flex-1 truncate text-heading font-semibold tracking-[-0.01em]">ConnectBest</span>
        <IconButton
          label="New message"
          icon={SquarePen}
          size={20}
          onClick={() => onOpen("people")}
          className="size-8"
        />
      </header>
      <nav aria-label="Channels and messages" className="min-h-0 flex-1 overflow-y-auto px-2 pt-3 pb-4">
        <Section
          title="Channels"
          actions={
            <>
              <IconButton label="Browse channels" icon={Compass} onClick={() => onOpen("browse")} />
              <IconButton label="Create channel" icon={Plus} onClick={() => onOpen("create")} />
            </>
          }
        >
          {isLoaded ? <ChannelList currentId={currentId} /> : <SidebarSkeleton />}
        </Section>
        <Section title="Direct messages">
          {isLoaded && <ConversationList currentId={currentId} />}
          {isLoaded && !hasConversations && (
            <p className="px-2.5 py-1 text-frame text-n10">Write to somebody with New message.</p>
          )}
        </Section>
      </nav>
      <div className="border-t border-n5">
        <ConnectionStatus />
      </div>
    </div>
  );
}

function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-5">
      <div className="mb-1 flex h-7 items-center pl-2.5">
        <h2 className="flex-1 text-xs font-semibold text-n10">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
