"use client";

import { useMemo } from "react";
import { Avatar } from "@/components/ui/avatar";
import { PresenceDot } from "@/components/ui/presence-dot";
import { useChat } from "@/lib/chat/chat-context";
import { partnerOf, sortedConversations, unreadOf } from "@/lib/chat/selectors";
import { directMessagePath } from "@/lib/navigation/place";
import { SidebarLink } from "./sidebar-link";

export function ConversationList({ currentId }: { currentId: string | null }) {
  const channels = useChat((state) => state.channels);
  const presence = useChat((state) => state.presence);
  const meId = useChat((state) => state.me.id);
  const sorted = useMemo(() => sortedConversations(channels), [channels]);
  return (
    <ul className="space-y-px">
      {sorted.map((item) => {
        const partner = partnerOf(item.channel, meId);
        if (!partner) return null;
        return (
          <li key={item.channel.id}>
            <SidebarLink
              href={directMessagePath(partner.id)}
              name={partner.name}
              icon={
                <span className="relative flex">
                  <Avatar id={partner.id} name={partner.name} url={partner.avatarUrl} size={20} />
                  <PresenceDot presence={presence[partner.id]} className="absolute -right-1 -bottom-1" />
                </span>
              }
              unreadCount={unreadOf(item)}
              isCurrent={item.channel.id === currentId}
            />
          </li>
        );
      })}
    </ul>
  );
}
