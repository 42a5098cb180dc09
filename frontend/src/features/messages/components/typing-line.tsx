"use client";

import { useChat } from "@/lib/chat/chat-context";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import type { Typist } from "@/lib/chat/state";
import { useText } from "@/lib/text/text-context";

const nobody: Readonly<Record<string, Typist>> = {};

/** Who is typing, in a place of its own: nothing moves when it comes or goes. */
export function TypingLine({ spot }: { spot: Spot }) {
  const t = useText();
  const typists = useChat((state) => state.typing[spotKey(spot)] ?? nobody);
  const [first, second, third] = Object.values(typists);
  return (
    <p className="flex h-6 shrink-0 items-center gap-2 px-6 text-xs text-n10 narrow:px-4" aria-live="polite">
      {first && (
        <>
          <span aria-hidden className="flex gap-0.5">
            <span className="size-1 animate-blink rounded-full bg-n10" />
            <span className="size-1 animate-blink rounded-full bg-n10 [animation-delay:160ms]" />
            <span className="size-1 animate-blink rounded-full bg-n10 [animation-delay:320ms]" />
          </span>
          {third && t("typing.several")}
          {!third && second && t("typing.two", { first: first.userName, second: second.userName })}
          {!second && t("typing.one", { name: first.userName })}
        </>
      )}
    </p>
  );
}
