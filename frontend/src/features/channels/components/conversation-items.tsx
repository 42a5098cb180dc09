"use client";

import type { Channel, User } from "@connectbest/contract";
import { Avatar } from "@/components/ui/avatar";
import { PresenceDot } from "@/components/ui/presence-dot";
import type { Presence } from "@/components/ui/presence-dot";
import { useChat } from "@/lib/chat/chat-context";
import { isGroup, othersOf, partnerOf, titleOf } from "@/lib/chat/selectors";
import { standingNow } from "@/lib/chat/standing";
import type { ChannelState } from "@/lib/chat/state";
import { conversationPath } from "@/lib/navigation/conversation-path";
import { useText } from "@/lib/text/text-context";
import { ChannelIcon } from "./channel-icon";
import { SidebarLink } from "./sidebar-link";

interface ConversationItemsProps {
  items: readonly ChannelState[];
  currentId: string | null;
}

/** Channels and direct messages, one line each. */
export function ConversationItems({ items, currentId }: ConversationItemsProps) {
  return (
    <ul className="space-y-px">
      {items.map((item) => (
        <li key={item.channel.id}>
          <ConversationItem item={item} isCurrent={item.channel.id === currentId} />
        </li>
      ))}
    </ul>
  );
}

function ConversationItem({ item: { channel, standing }, isCurrent }: { item: ChannelState; isCurrent: boolean }) {
  const t = useText();
  const meId = useChat((state) => state.me.id);
  const partner = channel.type === "dm" && !isGroup(channel) ? partnerOf(channel, meId) : undefined;
  const presence = useChat((state) => (partner ? state.presence[partner.id] : undefined));
  const { unreadCount, mentionCount } = standingNow(standing);
  return (
    <SidebarLink
      href={conversationPath(channel, meId)}
      name={titleOf(channel, meId)}
      icon={partner ? <PersonMark person={partner} presence={presence} /> : <PlaceMark channel={channel} meId={meId} />}
      words={presence && presence !== "offline" ? t(`presence.${presence}`) : null}
      unreadCount={unreadCount}
      mentionCount={channel.type === "dm" ? unreadCount : mentionCount}
      isMuted={standing.membership.muted}
      isCurrent={isCurrent}
    />
  );
}

const PersonMark = ({ person, presence }: { person: User; presence: Presence }) => (
  <span className="relative flex">
    <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={20} />
    <PresenceDot presence={presence} className="absolute -right-1 -bottom-1" />
  </span>
);

/** Of a group how many others are in it, of a channel its kind. */
function PlaceMark({ channel, meId }: { channel: Channel; meId: string }) {
  if (!isGroup(channel)) return <ChannelIcon type={channel.type} />;
  return (
    <span className="flex size-5 items-center justify-center rounded-[5px] bg-n5 text-xs font-semibold text-n11">
      {othersOf(channel, meId).length}
    </span>
  );
}
