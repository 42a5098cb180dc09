"use client";

import { CaseSensitive, ChevronDown, Paperclip, SendHorizontal, Smile } from "lucide-react";
import { useRef, useState } from "react";
import type { RefObject } from "react";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import type { Spot } from "@/lib/chat/spot";
import { useFormats } from "@/lib/format/formats-context";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";
import { apply } from "./editing";

const EmojiButtonPicker = onDemand(() => import("./emoji-popover").then((part) => part.EmojiPopover));
const ScheduleMenu = onDemand(() => import("./schedule-menu").then((part) => part.ScheduleMenu));

interface ComposerBarProps {
  spot: Spot;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** How many characters may still be written. */
  left: number;
  canSend: boolean;
  /** Files are still on their way. */
  isWaiting: boolean;
  isFormatting: boolean;
  onToggleFormatting(): void;
  onFiles(files: readonly File[]): void;
  onSend(): void;
  /** What is in the field was taken, to be sent later. */
  onTaken(): void;
  /** And could not be: it comes back. */
  onFailed(content: string): void;
}

/** Below the field: what can be added, what is left, and sending, now or later. */
export function ComposerBar(props: ComposerBarProps) {
  const { spot, field, text, left, canSend, isWaiting, isFormatting, onToggleFormatting } = props;
  const { onFiles, onSend, onTaken, onFailed } = props;
  const t = useText();
  const { preferences } = usePreferences();
  const [opened, setOpened] = useState<"emoji" | "schedule" | null>(null);
  const smile = useRef<HTMLButtonElement>(null);
  const later = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const hint = preferences.enterKey === "send" ? t("composer.hintEnter") : t("composer.hintCtrlEnter");

  function insert(emoji: string) {
    setOpened(null);
    const element = field.current;
    if (!element) return;
    const end = element.selectionStart + emoji.length;
    apply(element, { from: element.selectionStart, to: element.selectionEnd, insert: emoji, start: end, end });
  }

  return (
    <div className="flex h-10 items-center gap-0.5 px-1.5 pb-1.5">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("composer.attach")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <IconButton label={t("composer.attach")} icon={Paperclip} onClick={() => input.current?.click()} />
      <IconButton
        label={t("composer.formatting")}
        icon={CaseSensitive}
        aria-pressed={isFormatting}
        onClick={onToggleFormatting}
      />
      <IconButton
        ref={smile}
        label={t("composer.emoji")}
        icon={Smile}
        aria-haspopup="dialog"
        aria-expanded={opened === "emoji"}
        onClick={() => setOpened("emoji")}
      />
      <span className={classes("min-w-0 flex-1 truncate px-2 text-right text-xs text-n10", text === "" && "invisible")}>
        {left < 500 ? <CharactersLeft left={left} /> : <span className="narrow:hidden">{hint}</span>}
      </span>
      <div
        className={classes(
          "flex rounded-sm transition-colors duration-150",
          canSend ? "bg-accent text-on-accent" : "text-n8",
        )}
      >
        <button
          type="button"
          onClick={onSend}
          aria-label={t("composer.send")}
          title={isWaiting ? t("composer.waiting") : t("composer.send")}
          disabled={!canSend}
          className="flex h-8 w-9 items-center justify-center rounded-l-sm enabled:hover:bg-accent-strong"
        >
          <SendHorizontal size={16} strokeWidth={1.5} aria-hidden className="rtl:-scale-x-100" />
        </button>
        <button
          ref={later}
          type="button"
          aria-label={t("composer.schedule")}
          title={t("composer.schedule")}
          aria-haspopup="menu"
          aria-expanded={opened === "schedule"}
          disabled={!canSend}
          onClick={() => setOpened("schedule")}
          className="flex h-8 w-6 items-center justify-center rounded-r-sm enabled:hover:bg-accent-strong"
        >
          <ChevronDown size={16} strokeWidth={1.5} aria-hidden />
        </button>
      </div>
      {opened === "emoji" && <EmojiButtonPicker anchor={smile} onPick={insert} onClose={() => setOpened(null)} />}
      {opened === "schedule" && (
        <ScheduleMenu
          anchor={later}
          spot={spot}
          content={text}
          onTaken={onTaken}
          onFailed={onFailed}
          onClose={() => {
            setOpened(null);
            // The button that had the focus cannot take it back while there is nothing to send.
            setTimeout(() => document.activeElement === document.body && field.current?.focus());
          }}
        />
      )}
    </div>
  );
}

function CharactersLeft({ left }: { left: number }) {
  const t = useText();
  const formats = useFormats();
  return (
    <span role="status" className={classes("tabular-nums", left < 0 && "font-medium text-danger")}>
      {left < 0
        ? t("composer.tooMany", { count: -left, number: formats.number(-left) })
        : t("composer.left", { count: left, number: formats.number(left) })}
    </span>
  );
}
