"use client";

import { useMemo, useState } from "react";
import { useChat } from "@/lib/chat/chat-context";
import { withPendingChanges } from "@/lib/chat/pending-changes";
import { outboxOf, roomOf } from "@/lib/chat/selectors";
import type { Spot } from "@/lib/chat/spot";
import { emptyRoom } from "@/lib/chat/state";
import type { Room } from "@/lib/chat/state";
import { rowsOf } from "../api/rows";
import type { Row } from "../api/rows";

/** The rows of a spot. What I have written stands below the newest message, so not where newer ones are not loaded. */
export function useRows(spot: Spot): { room: Room; rows: Row[] } {
  const [empty] = useState(() => emptyRoom(spot));
  const room = useChat((state) => roomOf(state, spot)) ?? empty;
  const outbox = useChat((state) => state.outbox);
  const changes = useChat((state) => state.pendingChanges);
  const me = useChat((state) => state.me);
  const { messages, hasMoreAfter, newSince } = room;
  const [cache] = useState(() => new Map<string, Row>());
  const shown = useMemo(
    () => (changes.length === 0 ? messages : messages.map((message) => withPendingChanges(message, changes, me.id))),
    [messages, changes, me.id],
  );
  const { channelId, parentMessageId } = spot;
  const rows = useMemo(() => {
    const pending = hasMoreAfter ? [] : outboxOf(outbox, { channelId, parentMessageId });
    const next = rowsOf({ messages: shown, pending, me, newSince }, cache);
    cache.clear();
    for (const row of next) cache.set(row.key, row);
    return next;
  }, [shown, hasMoreAfter, newSince, outbox, channelId, parentMessageId, me, cache]);
  return { room, rows };
}
