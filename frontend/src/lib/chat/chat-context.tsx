"use client";

import { createContext, useContext, useSyncExternalStore } from "react";
import type { ChatState } from "./state";
import type { ChatStore } from "./store";

const ChatContext = createContext<ChatStore | null>(null);

export const ChatProvider = ChatContext.Provider;

export function useChatStore(): ChatStore {
  const store = useContext(ChatContext);
  if (!store) throw new Error("useChat needs a ChatProvider above it.");
  return store;
}

/** Listens to a part of the state. `select` must answer the same value for the same state. */
export function useChat<Part>(select: (state: ChatState) => Part): Part {
  const store = useChatStore();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.get()),
  );
}
