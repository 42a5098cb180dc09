"use client";

import type { Channel } from "@connectbest/contract";
import { ArrowLeft, Files, Info, Pin, Users } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { PresenceDot } from "@/components/ui/presence-dot";
import { useChat } from "@/lib/chat/chat-context";
import { isGroup, partnerOf, titleOf } from "@/lib/chat/selectors";
import { useStatusMessage } from "@/lib/chat/use-status-message";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";
import type { Panel } from "@/lib/navigation/panel";
import { homePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { ChannelIcon } from "./channel-icon";

interface ChannelHeaderProps {
  channel: Channel;
  panel: Panel | null;
  menu: ReactNode;
}

export function ChannelHeader({ channel, panel, menu }: ChannelHeaderProps) {
  const t = useText();
  const meId = useChat((state) => state.me.id);
  const partner = channel.type === "dm" && !isGroup(channel) ? partnerOf(channel, meId) : undefined;
  const statusMessage = useStatusMessage(partner);
  const words = channel.type === "dm" ? statusMessage : channel.description;
  return (
    <header className="@container flex h-14 shrink-0 items-center gap-2 border-b border-n5 pr-3 pl-5 narrow:pl-2">
      <AppLink
        href={homePath}
        aria-label={t("channel.back")}
        className="flex size-10 items-center justify-center rounded-sm text-n11 hover:bg-n4 wide:hidden"
      >
        <ArrowLeft size={20} strokeWidth={1.5} aria-hidden className="rtl:-scale-x-100" />
      </AppLink>
      <ChannelMark channel={channel} />
      <div className="flex min-w-0 flex-1 items-baseline gap-3">
        <h1 dir="auto" className="max-w-full min-w-0 shrink-0 truncate text-heading font-semibold tracking-[-0.01em]">
          {partner ? (
            <AppLink href={withPanel({ kind: "profile", userId: partner.id })} className="hover:underline">
              {titleOf(channel, meId)}
            </AppLink>
          ) : (
            titleOf(channel, meId)
          )}
        </h1>
        {words && (
          <p dir="auto" title={words} className="min-w-0 truncate text-frame text-n10 @max-[420px]:hidden">
            {words}
          </p>
        )}
      </div>
      <PanelButton kind="members" icon={Users} label={t("members.title")} panel={panel}>
        {channel.memberCount}
      </PanelButton>
      <span className="contents @max-[520px]:hidden">
        <PanelButton kind="pins" icon={Pin} label={t("pins.title")} panel={panel} />
        <PanelButton kind="files" icon={Files} label={t("files.title")} panel={panel} />
        <PanelButton kind="about" icon={Info} label={t("about.title")} panel={panel} />
      </span>
      {menu}
    </header>
  );
}

interface PanelButtonProps {
  kind: "members" | "pins" | "files" | "about";
  icon: LucideIcon;
  label: string;
  panel: Panel | null;
  children?: ReactNode;
}

function PanelButton({ kind, icon: Icon, label, panel, children }: PanelButtonProps) {
  const isOpen = panel?.kind === kind;
  return (
    <button
      type="button"
      aria-pressed={isOpen}
      title={label}
      onClick={() => navigate(withPanel(isOpen ? null : { kind }))}
      className="flex h-8 min-w-8 items-center justify-center gap-1.5 rounded-sm px-2 text-frame font-medium text-n11 tabular-nums transition-colors hover:bg-n4 hover:text-n12 aria-pressed:bg-accent-tint aria-pressed:text-accent-text"
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <span className="sr-only">{label}</span>
      {children}
    </button>
  );
}

function ChannelMark({ channel }: { channel: Channel }) {
  const meId = useChat((state) => state.me.id);
  const partner = channel.type === "dm" && !isGroup(channel) ? partnerOf(channel, meId) : undefined;
  const presence = useChat((state) => (partner ? state.presence[partner.id] : undefined));
  if (isGroup(channel))
    return (
      <span className="text-n10">
        <Users size={20} strokeWidth={1.5} aria-hidden />
      </span>
    );
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
