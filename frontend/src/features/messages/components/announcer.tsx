"use client";

import { useEffect, useRef } from "react";
import { useText } from "@/lib/text/text-context";
import type { Row } from "../api/rows";

interface AnnouncerProps {
  rows: readonly Row[];
  meId: string;
  title: string;
}

/** Reads arriving messages of the open channel to those who listen. Scrolling through the list says nothing. */
export function Announcer({ rows, meId, title }: AnnouncerProps) {
  const t = useText();
  const region = useRef<HTMLDivElement>(null);
  const newest = rows.findLast((row) => row.message)?.message ?? null;
  const known = useRef<number | null>(null);

  useEffect(() => {
    if (!newest) return;
    const isArrival = known.current !== null && newest.seq > known.current;
    known.current = Math.max(newest.seq, known.current ?? 0);
    if (isArrival && newest.userId !== meId && region.current)
      region.current.textContent = t("message.announced", {
        name: newest.user.name,
        title,
        content: newest.content.slice(0, 300),
      });
  }, [newest, meId, title, t]);

  return <div ref={region} aria-live="polite" className="sr-only" />;
}
