"use client";

import { useMemo, useState } from "react";
import { useChat } from "@/lib/chat/chat-context";
import { outboxOf, roomOf } from "@/lib/chat/selectors";
import type { Room } from "@/lib/chat/state";
import { rowsOf } from "../api/rows";
import type { Row } from "../api/rows";

/** The rows of a channel. What I have written stands below the newest message, so not where newer ones are not loaded. */
export function useRows(channelId: string): { room: Room; rows: Row[] } {
  const room = useChat((state) => roomOf(state, channelId));
  const outbox = useChat((state) => state.outbox);
  const me = useChat((state) => state.me);
  const { messages, hasMoreAfter, newSince } = room;
  const [cache] = useState(() => new Map<string, Row>());
  const rows = useMemo(() => {
    const pending = hasMoreAfter ? [] : outboxOf(outbox, channelId);
    const next = rowsOf({ messages, pending, me, newSince }, cache);
    cache.clear();
    for (const row of next) cache.set(row.key, row);
    return next;
  }, [messages, hasMoreAfter, newSince, outbox, channelId, me, cache]);
  return { room, rows };
}
