"use client";

import type { Channel } from "@connectbest/contract";
import { useRef } from "react";
import { LoadError } from "@/components/ui/load-error";
import { useChat } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { useEngine } from "@/lib/live/engine-context";
import { useRows } from "../hooks/use-rows";
import { useTimeline } from "../hooks/use-timeline";
import { Announcer } from "./announcer";
import { ChannelIntro } from "./channel-intro";
import { DayDivider, NewDivider } from "./dividers";
import { JumpPill } from "./jump-pill";
import { MessageRow } from "./message-row";
import { PageNotice } from "./page-notice";
import { TimelineSkeleton } from "./timeline-skeleton";

interface TimelineProps {
  channel: Channel;
  /** The message that the address names. */
  targetId: string | null;
}

/** The messages of one channel. Mounted anew for each channel. */
export function Timeline({ channel, targetId }: TimelineProps) {
  const engine = useEngine();
  const meId = useChat((state) => state.me.id);
  const scroller = useRef<HTMLDivElement>(null);
  const { room, rows } = useRows(channel.id);
  const { virtualizer, isAtBottom, onScroll, jumpToLatest } = useTimeline({
    channelId: channel.id,
    room,
    rows,
    targetId,
    scroller,
  });
  const items = virtualizer.getVirtualItems();
  const isEmpty = room.isLoaded && rows.length === 0;

  if (!room.isLoaded && room.error)
    return <LoadError sentence={room.error} onRetry={() => void engine.pager.newest(channel.id)} />;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <PageNotice room={room} onRetry={onScroll} />
      <div
        ref={scroller}
        role="log"
        aria-label="Messages"
        aria-live="off"
        aria-busy={!room.isLoaded}
        tabIndex={0}
        onScroll={onScroll}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain outline-none [overflow-anchor:none] focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]"
      >
        {!room.isLoaded && rows.length === 0 && <TimelineSkeleton />}
        {isEmpty && (
          <div className="mt-auto">
            <ChannelIntro channel={channel} />
          </div>
        )}
        <div
          className="relative mt-auto w-full shrink-0"
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
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {item.index === 0 && room.isLoaded && !room.hasMoreBefore && <ChannelIntro channel={channel} />}
                {row.beginsDay && <DayDivider timestamp={row.createdAt} />}
                {row.isFirstNew && <NewDivider onRead={() => engine.reader.clearDivider()} />}
                <MessageRow row={row} isTarget={row.message !== null && row.message.id === targetId} />
              </div>
            );
          })}
        </div>
      </div>
      <JumpPill room={room} isAtBottom={isAtBottom} meId={meId} onJump={() => void jumpToLatest()} />
      <Announcer rows={rows} meId={meId} title={titleOf(channel, meId)} />
    </div>
  );
}
