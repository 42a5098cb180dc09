"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import type { Range, VirtualItem, Virtualizer } from "@tanstack/react-virtual";
import type { Spot } from "@/lib/chat/spot";
import type { Room } from "@/lib/chat/state";
import { useEngine } from "@/lib/live/engine-context";
import { useAskedAgain } from "@/lib/navigation/use-address";
import type { Row } from "../api/rows";

/** Pixels: this near to an end of what is loaded, more is asked for. */
const pageWithin = 1_200;
/** Pixels: this near to the bottom is at the bottom. */
const bottomWithin = 60;

interface Timeline {
  spot: Spot;
  room: Room;
  rows: readonly Row[];
  /** The message to show first, instead of the latest. */
  targetId: string | null;
  /** The message that is being written anew: it stays drawn wherever one scrolls, with what was written. */
  editingId: string | null;
  scroller: RefObject<HTMLDivElement | null>;
}

/** Scrolling of the message list: virtual rows anchored at the end, pages both ways, sticking to the bottom. */
export function useTimeline({ spot, room, rows, targetId, editingId, scroller }: Timeline) {
  const engine = useEngine();
  const { channelId, parentMessageId } = spot;
  const [isAtBottom, setAtBottom] = useState(true);
  const [firstShown, setFirstShown] = useState(0);
  /** At the bottom of everything, and staying there. */
  const stick = useRef(targetId === null);
  /** On the way up to the first unread message, page by page. */
  const isSeeking = useRef(false);

  const editingIndex = editingId === null ? -1 : rows.findIndex((row) => row.message?.id === editingId);

  // eslint-disable-next-line react-hooks/incompatible-library -- read and drawn here only, never memoized
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateOf(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    rangeExtractor: useCallback(
      (range: Range) => withIndex(defaultRangeExtractor(range), editingIndex),
      [editingIndex],
    ),
    anchorTo: "end",
    scrollEndThreshold: bottomWithin,
    overscan: 8,
    paddingEnd: 12,
  });
  useLayoutEffect(() => {
    virtualizer.shouldAdjustScrollPositionOnItemSizeChange = isAboveTheEye;
  }, [virtualizer]);

  const isReady = rows.length > 0 && room.isLoaded;
  // With every change of the rows, not only the last: what a sync brings may stand above my own latest.
  useLayoutEffect(() => {
    if (isReady && stick.current) virtualizer.scrollToEnd();
  }, [isReady, rows, virtualizer]);

  const ownKey = rows.findLast((row) => row.pending)?.key;
  useLayoutEffect(() => {
    if (ownKey) virtualizer.scrollToEnd();
  }, [ownKey, virtualizer]);

  const targetIndex = targetId === null ? -1 : rows.findIndex((row) => row.message?.id === targetId);
  const isTargetLoaded = targetIndex >= 0;
  const asked = useAskedAgain();
  const showTarget = useEffectEvent(() => virtualizer.scrollToIndex(targetIndex, { align: "center" }));
  useLayoutEffect(() => {
    if (!isTargetLoaded) return;
    stick.current = false;
    showTarget();
  }, [isTargetLoaded, targetId, asked]);

  /** The target has not come yet. */
  const isAwaited = useRef(false);
  const showLatest = useEffectEvent(() => virtualizer.scrollToEnd());
  useLayoutEffect(() => {
    // Nor will it: it is not there.
    if (targetId === null && isAwaited.current) {
      stick.current = true;
      showLatest();
    }
    isAwaited.current = targetId !== null && !isTargetLoaded;
  }, [targetId, isTargetLoaded]);

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    stick.current = below < bottomWithin && !room.hasMoreAfter;
    setAtBottom(stick.current);
    setFirstShown(virtualizer.getVirtualItemForOffset(element.scrollTop)?.index ?? 0);
    const here = { channelId, parentMessageId };
    if (parentMessageId) engine.threadReader.scrolled(stick.current);
    else engine.reader.scrolled(channelId, stick.current);
    if (element.scrollTop < pageWithin) engine.pager.older(here);
    if (below < pageWithin) engine.pager.newer(here);
  }, [scroller, engine, virtualizer, channelId, parentMessageId, room.hasMoreAfter]);

  // A page that did not fill the screen asks for the next; new rows may have changed what is at the bottom.
  useEffect(() => {
    if (!isReady || room.error) return;
    const frame = requestAnimationFrame(measure);
    return () => cancelAnimationFrame(frame);
  }, [isReady, rows, room.error, measure]);

  useStickWhenResized(scroller, stick, () => virtualizer.scrollToEnd());

  async function jumpToLatest() {
    if (room.hasMoreAfter) await engine.pager.newest(spot);
    requestAnimationFrame(() => virtualizer.scrollToEnd());
  }

  function jumpToFirstNew() {
    const index = rows.findIndex((row) => row.isFirstNew);
    // At the top of what is loaded, it may not be the first of all.
    isSeeking.current = index === 0 && room.hasMoreBefore && !room.error;
    if (isSeeking.current) return engine.pager.older(spot);
    stick.current = false;
    virtualizer.scrollToIndex(index, { align: "start" });
  }
  useLayoutEffect(() => {
    if (isSeeking.current) jumpToFirstNew();
  });

  return { virtualizer, isAtBottom, firstShown, onScroll: measure, jumpToLatest, jumpToFirstNew };
}

/**
 * Whether a row that changes its height stands above what is read, which then must not move: one measured for the first time
 * as soon as it begins there, one that grows or shrinks when it ends there. The library's own rule leaves out the second while
 * one scrolls up, and just then the topmost row shrinks: with an older one above it, no day begins there any more.
 */
function isAboveTheEye(row: VirtualItem, _: number, { options, scrollOffset }: Virtualizer<HTMLDivElement, Element>) {
  const isFirstMeasure = row.size === options.estimateSize(row.index);
  return (isFirstMeasure ? row.start + 1 : row.end) <= (scrollOffset ?? 0);
}

/** The composer grew or the window shrank: whoever was at the bottom stays there. */
function useStickWhenResized(
  scroller: RefObject<HTMLDivElement | null>,
  stick: RefObject<boolean>,
  scrollToEnd: () => void,
): void {
  const latest = useRef(scrollToEnd);
  useEffect(() => {
    latest.current = scrollToEnd;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stick.current) latest.current();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, stick]);
}

const withIndex = (drawn: number[], index: number): number[] =>
  index < 0 || drawn.includes(index) ? drawn : [...drawn, index].sort((a, b) => a - b);

/** A first guess in pixels, corrected as soon as the row is drawn. */
function estimateOf(row: Row | undefined): number {
  if (!row) return 44;
  const lines = Math.min(
    24,
    row.content.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 88)), 0),
  );
  return lines * 22 + (row.isGrouped ? 4 : 32) + (row.beginsDay ? 38 : 0) + (row.isFirstNew ? 32 : 0);
}
