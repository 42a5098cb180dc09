"use client";

import type { Message } from "@connectbest/contract";
import { SmilePlus } from "lucide-react";
import { useRef, useState } from "react";
import { classes } from "@/components/ui/classes";
import { onDemand } from "@/components/ui/on-demand";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";

const ReactionPicker = onDemand(() => import("./reaction-picker").then((part) => part.ReactionPicker));

/** What people answered with one emoji: a click joins them or takes it back. */
export function Reactions({ message, isArchived }: { message: Message; isArchived: boolean }) {
  const t = useText();
  const opener = useRef<HTMLButtonElement>(null);
  const [isPicking, setPicking] = useState(false);
  return (
    <div role="group" aria-label={t("reactions.title")} className="mt-1 mb-1 flex flex-wrap gap-1">
      {message.reactions.map((reaction) => (
        <ReactionButton key={reaction.emoji} message={message} reaction={reaction} isArchived={isArchived} />
      ))}
      {!isArchived && (
        <button
          ref={opener}
          type="button"
          aria-label={t("reactions.add")}
          title={t("reactions.add")}
          aria-haspopup="dialog"
          aria-expanded={isPicking}
          onClick={() => setPicking(true)}
          className="flex h-6 items-center rounded-full border border-n5 bg-n2 px-2 text-n10 hover:border-n7 hover:text-n12"
        >
          <SmilePlus size={16} strokeWidth={1.5} aria-hidden />
        </button>
      )}
      {isPicking && <ReactionPicker anchor={opener} message={message} onClose={() => setPicking(false)} />}
    </div>
  );
}

interface ReactionButtonProps {
  message: Message;
  reaction: Message["reactions"][number];
  isArchived: boolean;
}

function ReactionButton({ message, reaction, isArchived }: ReactionButtonProps) {
  const t = useText();
  const { actions, people } = useEngine();
  const { emoji, count, userIds } = reaction;
  const meId = useChat((state) => state.me.id);
  const known = useChat((state) => state.people);
  const isMine = userIds.includes(meId);
  const named = userIds.slice(0, 5).map((id) => (id === meId ? t("reactions.me") : known[id]?.name));
  const names = named.filter((name) => name !== undefined);
  const who = t("reactions.who", { names: names.join(", "), others: count - names.length, emoji });
  return (
    <button
      type="button"
      aria-pressed={isMine}
      disabled={isArchived}
      aria-label={t("reactions.count", { emoji, count })}
      title={names.length > 0 ? who : undefined}
      onPointerEnter={() => people.need(userIds.slice(0, 5))}
      onFocus={() => people.need(userIds.slice(0, 5))}
      onClick={() => actions.react(message.id, emoji, !isMine)}
      className={classes(
        "flex h-6 items-center gap-1.5 rounded-full border px-2 text-xs font-medium tabular-nums transition-colors",
        isMine ? "border-accent/50 bg-accent-tint text-accent-text" : "border-n5 bg-n2 text-n11 hover:border-n7",
      )}
    >
      <span aria-hidden className="text-sm leading-none">
        {emoji}
      </span>
      {count}
    </button>
  );
}
