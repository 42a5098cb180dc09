"use client";

import { Avatar } from "@/components/ui/avatar";
import { PresenceDot } from "@/components/ui/presence-dot";
import { useChat } from "@/lib/chat/chat-context";
import { isGroup, othersOf, partnerOf, titleOf } from "@/lib/chat/selectors";
import { standingNow } from "@/lib/chat/standing";
import type { ChannelState } from "@/lib/chat/state";
import { conversationPath } from "@/lib/navigation/conversation-path";
import { ChannelIcon } from "./channel-icon";
import { SidebarLink } from "./sidebar-link";

interface ConversationItemsProps {
  items: readonly ChannelState[];
  currentId: string | null;
}

/** Channels and direct messages, one line each. */
export function ConversationItems({ items, currentId }: ConversationItemsProps) {
  const meId = useChat((state) => state.me.id);
  return (
    <ul className="space-y-px">
      {items.map(({ channel, standing }) => {
        const { unreadCount, mentionCount } = standingNow(standing);
        return (
          <li key={channel.id}>
            <SidebarLink
              href={conversationPath(channel, meId)}
              name={titleOf(channel, meId)}
              icon={<Mark item={{ channel, standing } as ChannelState} meId={meId} />}
              unreadCount={unreadCount}
              mentionCount={channel.type === "dm" ? unreadCount : mentionCount}
              isMuted={standing.membership.muted}
              isCurrent={channel.id === currentId}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Mark({ item: { channel }, meId }: { item: ChannelState; meId: string }) {
  const partner = channel.type === "dm" && !isGroup(channel) ? partnerOf(channel, meId) : undefined;
  const presence = useChat((state) => (partner ? state.presence[partner.id] : undefined));
  if (isGroup(channel))
    return (
      <span className="flex size-5 items-center justify-center rounded-[5px] bg-n5 text-xs font-semibold text-n11">
        {othersOf(channel, meId).length}
      </span>
    );
  if (!partner) return <ChannelIcon type={channel.type} />;
  return (
    <span className="relative flex">
      <Avatar id={partner.id} name={partner.name} url={partner.avatarUrl} size={20} />
      <PresenceDot presence={presence} className="absolute -right-1 -bottom-1" />
    </span>
  );
}
