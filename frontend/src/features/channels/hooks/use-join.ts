"use client";

import { api } from "@/lib/api/client";
import { withChannel, withoutChannel } from "@/lib/chat/channels";
import { useChatStore } from "@/lib/chat/chat-context";

/** Joins a public channel and puts it in the sidebar. */
export function useJoin(): (channelId: string) => Promise<void> {
  const store = useChatStore();
  return async (id) => {
    const { channel } = await api.post("/chat/channels/:id/join", { params: { id } });
    store.update((state) => withChannel(state, channel));
  };
}

/** Leaves a channel and takes it out of the sidebar. */
export function useLeave(): (channelId: string) => Promise<void> {
  const store = useChatStore();
  return async (id) => {
    await api.post("/chat/channels/:id/leave", { params: { id } });
    store.update((state) => withoutChannel(state, id));
  };
}
