"use client";

import type { RefObject } from "react";
import { EmojiPicker } from "@/components/emoji/emoji-picker";
import { Popover } from "@/components/ui/popover";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";

interface EmojiPopoverProps {
  anchor: RefObject<HTMLElement | null>;
  onPick(emoji: string): void;
  onClose(): void;
}

export function EmojiPopover({ anchor, onPick, onClose }: EmojiPopoverProps) {
  const t = useText();
  const { preferences, choose } = usePreferences();
  return (
    <Popover anchor={anchor} placement="top-start" label={t("composer.emoji")} onClose={onClose}>
      <EmojiPicker tone={preferences.skinTone} onTone={(skinTone) => choose({ skinTone })} onPick={onPick} />
    </Popover>
  );
}
