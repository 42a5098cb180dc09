"use client";

import { useRef, useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import type { Spot } from "@/lib/chat/spot";
import { useFormats } from "@/lib/format/formats-context";
import { useText } from "@/lib/text/text-context";

const DateMenu = onDemand(() => import("./date-menu").then((part) => part.DateMenu));

/** A day begins. In a channel it leads to other days. */
export function DayDivider({ spot, timestamp }: { spot: Spot; timestamp: string }) {
  const t = useText();
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const name = formats.day(timestamp);
  const words = "text-xs font-medium text-n10";
  return (
    <div className="flex items-center gap-3 px-5 pt-5 pb-1.5">
      <span role="separator" aria-label={name} className="h-px flex-1 bg-n5" />
      {spot.parentMessageId ? (
        <span aria-hidden className={words}>
          {name}
        </span>
      ) : (
        <button
          ref={button}
          type="button"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          title={t("message.jumpToDate")}
          onClick={() => setOpen(true)}
          className={`${words} rounded-full border border-transparent px-2 hover:border-n6 hover:text-n12`}
        >
          {name}
        </button>
      )}
      <span aria-hidden className="h-px flex-1 bg-n5" />
      {isOpen && <DateMenu anchor={button} channelId={spot.channelId} onClose={() => setOpen(false)} />}
    </div>
  );
}

/**
 * What follows is new. Its words stand at the beginning of the line: over its end lie the actions of the message below.
 * @param onRead offered where reading can be said by hand
 */
export function NewDivider({ onRead }: { onRead: (() => void) | null }) {
  const t = useText();
  return (
    <div className="flex items-center gap-3 px-5 pt-3 pb-1">
      <span aria-hidden className="text-xs font-semibold text-accent-text">
        {t("message.new")}
      </span>
      {onRead && (
        <button
          type="button"
          onClick={onRead}
          className="rounded-sm px-1 text-xs font-medium text-accent-text underline-offset-2 hover:underline"
        >
          {t("message.markRead")}
        </button>
      )}
      <span role="separator" aria-label={t("message.newMessages")} className="h-px flex-1 bg-accent/60" />
    </div>
  );
}
