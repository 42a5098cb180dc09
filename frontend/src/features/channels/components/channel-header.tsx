"use client";

import type { Channel } from "@connectbest/contract";
import { ArrowLeft, Users } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { PresenceDot } from "@/components/ui/presence-dot";
import { useChat } from "@/lib/chat/chat-context";
import { partnerOf, titleOf } from "@/lib/chat/selectors";
import { homePath } from "@/lib/navigation/place";
import { ChannelIcon } from "./channel-icon";

interface ChannelHeaderProps {
  channel: Channel;
  isPanelOpen: boolean;
  onTogglePanel(): void;
  menu: ReactNode;
}

export function ChannelHeader({ channel, isPanelOpen, onTogglePanel, menu }: ChannelHeaderProps) {
  const meId = useChat((state) => state.me.id);
  const words = channel.type === "dm" ? partnerOf(channel, meId)?.statusMessage : channel.description;
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-n5 pr-3 pl-5 narrow:pl-2">
      <AppLink
        href={homePath}
        aria-label="Back to channels"
        className="flex size-10 items-center justify-center rounded-sm text-n11 hover:bg-n4 wide:hidden"
      >
        <ArrowLeft size={20} strokeWidth={1.5} aria-hidden />
      </AppLink>
      <ChannelMark channel={channel} />
      <div className="flex min-w-0 flex-1 items-baseline gap-3">
        <h1 className="max-w-full min-w-0 shrink-0 truncate text-heading font-semibold tracking-[-0.01em]">
          {titleOf(channel, meId)}
        </h1>
        {words && (
          <p title={words} className="min-w-0 truncate text-frame text-n10 narrow:hidden">
            {words}
          </p>
        )}
      </div>
      <button
        type="button"
        aria-label="Members"
        aria-pressed={isPanelOpen}
        title="Members"
        onClick={onTogglePanel}
        className="flex h-8 items-center gap-1.5 rounded-sm px-2 text-frame font-medium text-n11 tabular-nums transition-colors hover:bg-n4 hover:text-n12 aria-pressed:bg-accent-tint aria-pressed:text-accent-text"
      >
        <Users size={16} strokeWidth={1.5} aria-hidden />
        {channel.memberCount}
      </button>
      {menu}
    </header>
  );
}

function ChannelMark({ channel }: { channel: Channel }) {
  const meId = useChat((state) => state.me.id);
  const partner = channel.type === "dm" ? partnerOf(channel, meId) : undefined;
  const presence = useChat((state) => (partner ? state.presence[partner.id] : undefined));
  if (!partner)
    return (
      <span className="text-n10">
        <ChannelIcon type={channel.type} size={20} />
      </span>
    );
  return (
    <span className="relative mr-1 flex">
      <Avatar id={partner.id} name={partner.name} url={partner.avatarUrl} size={28} />
      <PresenceDot presence={presence} className="absolute -right-1 -bottom-1" />
    </span>
  );
}
