import type { ChatState } from "./state";

/** Holds the state of one signed-in page; React listens through `useChat`. */
export interface ChatStore {
  get(): ChatState;
  update(change: (state: ChatState) => ChatState): void;
  subscribe(listener: () => void): () => void;
}

export function createChatStore(initial: ChatState): ChatStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update: (change) => {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
