"use client";

import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { classes } from "@/components/ui/classes";
import { LoadError } from "@/components/ui/load-error";
import { useChat } from "@/lib/chat/chat-context";
import type { Spot } from "@/lib/chat/spot";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";
import { useOneStop } from "../hooks/use-one-stop";
import { useRows } from "../hooks/use-rows";
import { useTimeline } from "../hooks/use-timeline";
import { Announcer } from "./announcer";
import { DayDivider, NewDivider } from "./dividers";
import { JumpPill } from "./jump-pill";
import { MessageRow } from "./message-row";
import { PageNotice } from "./page-notice";
import { TimelineSkeleton } from "./timeline-skeleton";
import { UnreadPill } from "./unread-pill";

interface MessageListProps {
  spot: Spot;
  /** What is announced with arriving messages. */
  title: string;
  label: string;
  /** Stands where the conversation begins. */
  beginning: ReactNode;
  /** The message that the address names. */
  targetId: string | null;
  isArchived: boolean;
  editingId: string | null;
  onEdit(messageId: string | null): void;
}

/** The messages of one spot. Mounted anew for each. */
export function MessageList(props: MessageListProps) {
  const { spot, title, label, beginning, targetId, isArchived, editingId, onEdit } = props;
  const t = useText();
  const engine = useEngine();
  const meId = useChat((state) => state.me.id);
  const scroller = useRef<HTMLDivElement>(null);
  const { room, rows } = useRows(spot);
  useOneStop(scroller);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const { virtualizer, isAtBottom, onScroll, jumpToLatest, jumpToFirstNew, firstShown } = useTimeline({
    spot,
    room,
    rows,
    targetId,
    editingId,
    scroller,
  });
  const items = virtualizer.getVirtualItems();
  const isEmpty = room.isLoaded && rows.length === 0;
  const isReply = spot.parentMessageId !== null;
  // Of what is drawn: the others have no place that Tab could come to.
  const stops = items.map(({ index }) => rows[index]).filter((row) => row?.message?.type === "user");
  const tabStop = stops.some((row) => row?.key === focusedKey) ? focusedKey : stops.at(-1)?.key;
  const firstNew = rows.findIndex((row) => row.isFirstNew);

  if (!room.isLoaded && room.error)
    return <LoadError sentence={room.error} onRetry={() => void engine.pager.newest(spot)} />;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <PageNotice room={room} onRetry={onScroll} />
      {firstNew >= 0 && firstShown > firstNew && <UnreadPill onJump={jumpToFirstNew} />}
      <div
        ref={scroller}
        role="log"
        aria-label={label}
        aria-live="off"
        aria-busy={!room.isLoaded}
        tabIndex={0}
        onScroll={onScroll}
        onFocus={(event) => {
          // Above a message of the same row there may be the button of its day.
          const message = (event.target as Element).closest("article");
          const key = message?.closest<HTMLElement>("[data-row]")?.dataset["row"];
          if (key) setFocusedKey(key);
        }}
        className="flex min-h-0 flex-1 flex-col overflow-x-hidden overflow-y-auto overscroll-contain outline-none [overflow-anchor:none] focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]"
      >
        {!room.isLoaded && rows.length === 0 && <TimelineSkeleton />}
        {isEmpty && <div className={isReply ? undefined : "mt-auto"}>{beginning}</div>}
        <div
          // A conversation grows up from its field, a thread down from its beginning.
          className={classes("relative w-full shrink-0", !isReply && "mt-auto")}
          style={{ height: rows.length > 0 ? virtualizer.getTotalSize() : 0 }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                data-row={row.key}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {item.index === 0 && room.isLoaded && !room.hasMoreBefore && beginning}
                {row.beginsDay && <DayDivider spot={spot} timestamp={row.createdAt} />}
                {row.isFirstNew && <NewDivider onRead={isReply ? null : () => engine.reader.clearDivider()} />}
                <MessageRow
                  row={row}
                  isTarget={row.message !== null && row.message.id === targetId}
                  isTabStop={row.key === tabStop}
                  isReply={isReply}
                  isArchived={isArchived}
                  isEditing={row.message !== null && row.message.id === editingId}
                  onEdit={onEdit}
                />
              </div>
            );
          })}
        </div>
      </div>
      <JumpPill room={room} isAtBottom={isAtBottom} meId={meId} onJump={() => void jumpToLatest()} />
      <Announcer rows={rows} meId={meId} title={title} />
      <span className="sr-only" role="status">
        {!room.isLoaded && t("message.loading")}
      </span>
    </div>
  );
}
