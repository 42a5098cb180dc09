"use client";

import { useMemo } from "react";
import { useChat } from "@/lib/chat/chat-context";
import { sortedChannels, unreadOf } from "@/lib/chat/selectors";
import { channelPath } from "@/lib/navigation/place";
import { ChannelIcon } from "./channel-icon";
import { SidebarLink } from "./sidebar-link";

export function ChannelList({ currentId }: { currentId: string | null }) {
  const channels = useChat((state) => state.channels);
  const sorted = useMemo(() => sortedChannels(channels), [channels]);
  return (
    <ul className="space-y-px">
      {sorted.map((item) => (
        <li key={item.channel.id}>
          <SidebarLink
            href={channelPath(item.channel.id)}
            name={item.channel.name ?? ""}
            icon={<ChannelIcon type={item.channel.type} />}
            unreadCount={unreadOf(item)}
            isCurrent={item.channel.id === currentId}
          />
        </li>
      ))}
    </ul>
  );
}
