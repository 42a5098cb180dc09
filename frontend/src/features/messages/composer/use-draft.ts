"use client";

import { useEffect, useState } from "react";
import { useChatStore } from "@/lib/chat/chat-context";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import { useEngine } from "@/lib/live/engine-context";

/** What is being written at a spot: kept over a reload, and shared with my other devices. */
export function useDraft(spot: Spot): [string, (text: string) => void, () => void] {
  const store = useChatStore();
  const { drafts } = useEngine();
  const { channelId, parentMessageId } = spot;
  const [text, setText] = useState(() => drafts.textOf(spot));

  // What another device writes shows here, unless something was written here since.
  useEffect(() => {
    const place = { channelId, parentMessageId };
    let version = store.get().drafts[spotKey(place)]?.version;
    return store.subscribe(() => {
      const draft = store.get().drafts[spotKey(place)];
      if (draft?.version === version) return;
      version = draft?.version;
      if (!drafts.isUnsaved(place)) setText(draft?.content ?? "");
    });
  }, [store, drafts, channelId, parentMessageId]);

  function change(next: string) {
    setText(next);
    drafts.change(spot, next);
  }
  return [text, change, () => setText("")];
}
