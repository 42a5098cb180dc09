"use client";

import type { Message } from "@connectbest/contract";
import type { RefObject } from "react";
import { EmojiPicker } from "@/components/emoji/emoji-picker";
import { Popover } from "@/components/ui/popover";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";

interface ReactionPickerProps {
  anchor: RefObject<HTMLElement | null>;
  message: Message;
  onClose(): void;
}

export function ReactionPicker({ anchor, message, onClose }: ReactionPickerProps) {
  const t = useText();
  const { actions } = useEngine();
  const meId = useChat((state) => state.me.id);
  const { preferences, choose } = usePreferences();
  function pick(emoji: string) {
    const isMine = message.reactions.some((known) => known.emoji === emoji && known.userIds.includes(meId));
    actions.react(message.id, emoji, !isMine);
    onClose();
  }
  return (
    <Popover anchor={anchor} placement="top-end" label={t("reactions.add")} onClose={onClose}>
      <EmojiPicker tone={preferences.skinTone} onTone={(skinTone) => choose({ skinTone })} onPick={pick} />
    </Popover>
  );
}
