"use client";

import { ArrowDown } from "lucide-react";
import { useState } from "react";
import type { Room } from "@/lib/chat/state";
import { useText } from "@/lib/text/text-context";

interface JumpPillProps {
  room: Room;
  isAtBottom: boolean;
  meId: string;
  onJump(): void;
}

/** The way back down, and how much has arrived there meanwhile. */
export function JumpPill({ room, isAtBottom, meId, onJump }: JumpPillProps) {
  const t = useText();
  const newest = room.messages.at(-1)?.seq ?? 0;
  const [left, setLeft] = useState({ at: newest, isPart: room.hasMoreAfter });
  // While not all was loaded, what came below was there before me.
  const at = isAtBottom || left.isPart ? newest : left.at;
  // Adjusted while rendering: https://react.dev/learn/you-might-not-need-an-effect#adjusting-some-state-when-a-prop-changes
  if (left.at !== at || left.isPart !== room.hasMoreAfter) setLeft({ at, isPart: room.hasMoreAfter });
  if (isAtBottom || !room.isLoaded) return null;
  const count = room.messages.filter((message) => message.seq > at && message.userId !== meId).length;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex justify-center">
      <button
        type="button"
        onClick={onJump}
        className="pointer-events-auto flex h-8 animate-rise items-center gap-2 rounded-full border border-n6 bg-n1 pr-3.5 pl-3 text-frame font-medium text-n12 shadow-float transition-colors hover:bg-n3"
      >
        <ArrowDown size={16} strokeWidth={1.5} aria-hidden className="text-accent-text" />
        {count > 0 ? t("message.newCount", { count }) : t("message.jumpToLatest")}
      </button>
    </div>
  );
}
