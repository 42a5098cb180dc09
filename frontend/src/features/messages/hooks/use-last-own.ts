"use client";

import { useChatStore } from "@/lib/chat/chat-context";
import { withPendingChanges } from "@/lib/chat/pending-changes";
import { roomOf } from "@/lib/chat/selectors";
import type { Spot } from "@/lib/chat/spot";

/** Answers the id of my latest message at a spot that can be edited. */
export function useLastOwn(spot: Spot): () => string | null {
  const store = useChatStore();
  return () => {
    const state = store.get();
    const mine = roomOf(state, spot)?.messages.findLast(
      (message) =>
        message.userId === state.me.id &&
        message.type === "user" &&
        !withPendingChanges(message, state.pendingChanges, state.me.id).isDeleted,
    );
    return mine?.id ?? null;
  };
}
