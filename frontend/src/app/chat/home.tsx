"use client";

import { MessagesSquare } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { partnerOf, sortedChannels, sortedConversations } from "@/lib/chat/selectors";
import type { ChatState } from "@/lib/chat/state";
import { navigate } from "@/lib/navigation/navigate";
import { channelPath, directMessagePath } from "@/lib/navigation/place";
import { ConversationSkeleton } from "./conversation-skeleton";
import type { DialogName } from "./dialogs";
import { lastChannelId } from "./last-channel";

/** No conversation is chosen: on to the last one, or the first; on a narrow screen the sidebar is the page. */
export function Home({ onOpen }: { onOpen(dialog: DialogName): void }) {
  const store = useChatStore();
  const isLoaded = useChat((state) => state.channels !== null);
  const isEmpty = useChat((state) => Object.keys(state.channels ?? {}).length === 0);

  useEffect(() => {
    if (isEmpty || matchMedia("(width < 720px)").matches) return;
    const path = firstPath(store.get());
    if (path) navigate(path, { replace: true });
  }, [isEmpty, store]);

  if (!isLoaded || !isEmpty) return <ConversationSkeleton />;
  return (
    <EmptyState
      icon={MessagesSquare}
      title="You are not in a channel yet"
      actions={
        <>
          <Button tone="primary" onClick={() => onOpen("browse")}>
            Browse all channels
          </Button>
          <Button onClick={() => onOpen("create")}>Create one</Button>
        </>
      }
    >
      <p>Channels are where your team talks: one for each topic, project or place. Join those that concern you.</p>
    </EmptyState>
  );
}

function firstPath({ channels, me }: ChatState): string | null {
  const last = channels?.[lastChannelId(me.id) ?? ""];
  const first = last ?? sortedChannels(channels)[0] ?? sortedConversations(channels)[0];
  if (!first) return null;
  const partner = first.channel.type === "dm" ? partnerOf(first.channel, me.id) : undefined;
  return partner ? directMessagePath(partner.id) : channelPath(first.channel.id);
}
