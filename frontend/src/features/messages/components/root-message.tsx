"use client";

import { useMemo, useState } from "react";
import { useChat } from "@/lib/chat/chat-context";
import { withPendingChanges } from "@/lib/chat/pending-changes";
import { useText } from "@/lib/text/text-context";
import { rowsOf } from "../api/rows";
import { MessageRow } from "./message-row";

const none = new Map();

/** The message that a thread hangs under, at its beginning. */
export function RootMessage({ rootId, isArchived }: { rootId: string; isArchived: boolean }) {
  const t = useText();
  const me = useChat((state) => state.me);
  const known = useChat((state) => state.threads[rootId]?.root ?? null);
  const changes = useChat((state) => state.pendingChanges);
  const [isEditing, setEditing] = useState(false);
  const root = useMemo(() => known && withPendingChanges(known, changes, me.id), [known, changes, me.id]);
  // A deleted one is shown for its thread, which this is.
  const shown = root && { ...root, replyCount: Math.max(1, root.replyCount) };
  const [row] = shown ? rowsOf({ messages: [shown], pending: [], me, newSince: null }, none) : [];
  if (!row || !root) return null;
  return (
    <div className="pt-3">
      <MessageRow
        row={row}
        isTarget={false}
        isTabStop
        isReply
        isArchived={isArchived}
        isEditing={isEditing}
        onEdit={(id) => setEditing(id !== null)}
      />
      <p className="flex items-center gap-3 px-5 pt-3 pb-1 text-xs text-n10 narrow:px-4">
        {root.replyCount === 0 ? t("thread.noReplies") : t("thread.replies", { count: root.replyCount })}
        <span aria-hidden className="h-px flex-1 bg-n5" />
      </p>
    </div>
  );
}
