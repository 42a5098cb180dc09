"use client";

import type { Message } from "@connectbest/contract";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { withThread } from "@/lib/chat/threads";
import { notices } from "@/lib/notices/notices";

/** Whether I hear of replies to a message, and how to change that. */
export function useThreadFollowing({ id }: Pick<Message, "id">): { isFollowing: boolean; toggle(): void } {
  const store = useChatStore();
  const isFollowing = useChat((state) => state.threads[id]?.standing?.isFollowing ?? false);
  async function toggle() {
    try {
      const call = isFollowing ? api.delete : api.put;
      const { thread } = await call("/chat/messages/:id/follow", { params: { id } });
      store.update((state) => withThread(state, thread));
    } catch (error) {
      notices.say(sentenceOf(error), { tone: "danger" });
    }
  }
  return { isFollowing, toggle: () => void toggle() };
}
