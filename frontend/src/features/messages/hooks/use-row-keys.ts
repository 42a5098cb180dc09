"use client";

import type { Message } from "@connectbest/contract";
import type { KeyboardEvent } from "react";
import { sentenceOf } from "@/lib/api/api-error";
import { useChatStore } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { notices } from "@/lib/notices/notices";
import { focusNeighbour } from "../api/focus-neighbour";
import { openThread } from "../api/open-thread";

interface RowKeys {
  message: Message | null;
  isReply: boolean;
  isArchived: boolean;
  onEdit(): void;
}

/** What the keys do while a message has the focus; all are listed by Ctrl+/. */
export function useRowKeys({ message, isReply, isArchived, onEdit }: RowKeys) {
  const store = useChatStore();
  const { actions, reader } = useEngine();

  const deeds: Record<string, (of: Message) => void> = {
    e: (of) => of.userId === store.get().me.id && !of.isDeleted && !isArchived && onEdit(),
    r: (of) => !isReply && openThread(of),
    s: (of) => actions.save(of.id, !(store.get().saved[of.id] ?? false)),
    p: (of) => !isReply && !of.isDeleted && !isArchived && actions.pin(of.id, !of.isPinned),
    u: (of) => void reader.markUnread(of).catch((error: unknown) => notices.say(sentenceOf(error), { tone: "danger" })),
  };

  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focusNeighbour(event.currentTarget, step);
    }
    const deed = deeds[event.key.toLowerCase()];
    if (!deed || !message) return;
    event.preventDefault();
    deed(message);
  };
}
