"use client";

import { useChat } from "@/lib/chat/chat-context";
import type { Typist } from "@/lib/chat/state";

const nobody = {};

/** Who is typing, in a place of its own: nothing moves when it comes or goes. */
export function TypingLine({ channelId }: { channelId: string }) {
  const typists = useChat((state) => state.typing[channelId] ?? nobody);
  const words = inWords(Object.values(typists));
  return (
    <p className="flex h-6 items-center gap-2 px-6 text-xs text-n10 narrow:px-4" aria-live="polite">
      {words && (
        <>
          <span aria-hidden className="flex gap-0.5">
            {[0, 160, 320].map((delay) => (
              <span
                key={delay}
                className="size-1 animate-blink rounded-full bg-n10"
                style={{ animationDelay: `${delay}ms` }}
              />
            ))}
          </span>
          {words}
        </>
      )}
    </p>
  );
}

function inWords(typists: readonly Typist[]): string | null {
  const [first, second] = typists;
  if (!first) return null;
  if (!second) return `${first.userName} is typing…`;
  return typists.length === 2 ? `${first.userName} and ${second.userName} are typing…` : "Several people are typing…";
}
