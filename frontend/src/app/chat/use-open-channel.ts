"use client";

import { useChat } from "@/lib/chat/chat-context";
import { conversationWith } from "@/lib/chat/selectors";
import { usePlace } from "@/lib/navigation/use-address";

/** The channel that the address shows, as far as it is known. */
export function useOpenChannelId(): string | null {
  const place = usePlace();
  return useChat((state) => {
    if (place.kind === "channel") return place.channelId;
    if (place.kind === "dm") return conversationWith(state.channels, place.userId, state.me.id)?.channel.id ?? null;
    return null;
  });
}
