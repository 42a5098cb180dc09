"use client";

import type { Membership } from "@connectbest/contract";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { withMembership } from "@/lib/chat/channels";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import type { ChatState } from "@/lib/chat/state";
import { notices } from "@/lib/notices/notices";

type Change = Partial<Pick<Membership, "muted" | "level" | "isFavourite" | "sectionId">>;

/** How I keep a channel. A change holds at once; what the server refuses is undone and said. */
export function useMembership(channelId: string) {
  const store = useChatStore();
  const membership = useChat((state) => state.channels?.[channelId]?.standing.membership);

  async function change(wanted: Change, call: () => Promise<{ membership: Membership; rev: number }>) {
    const before = store.get().channels?.[channelId]?.standing.membership;
    if (!before) return;
    store.update((state) => withHeld(state, channelId, { ...before, ...wanted }));
    try {
      const answer = await call();
      store.update((state) => withMembership(state, channelId, answer.membership, answer.rev));
    } catch (error) {
      store.update((state) => withHeld(state, channelId, before));
      notices.say(sentenceOf(error), { tone: "danger" });
    }
  }

  const params = { id: channelId };
  return {
    membership,
    setNotifications: (body: Pick<Change, "muted" | "level">) =>
      void change(body, () => api.put("/chat/channels/:id/notifications", { params, body })),
    setPlace: (body: Pick<Change, "isFavourite" | "sectionId">) =>
      void change(body, () => api.put("/chat/channels/:id/place", { params, body })),
  };
}

/** Until the server has answered: its own word, which has a higher version, will stand above this. */
function withHeld(state: ChatState, channelId: string, membership: Membership): ChatState {
  const known = state.channels?.[channelId];
  if (!known) return state;
  const standing = { ...known.standing, membership };
  return { ...state, channels: { ...state.channels, [channelId]: { ...known, standing } } };
}
