"use client";

import { classes } from "@/components/ui/classes";
import { SendHorizontal } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { KeyboardEvent } from "react";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { useDraft } from "../hooks/use-draft";

/** The wire's limit, in UTF-16 units (see MessageContent). */
const maxLength = 5_000;

interface ComposerProps {
  channelId: string;
  /** "Message #general" */
  label: string;
}

/** Mounted anew for each channel. Enter sends, Shift+Enter breaks the line. */
export function Composer({ channelId, label }: ComposerProps) {
  const engine = useEngine();
  const meId = useChat((state) => state.me.id);
  const [text, setText] = useDraft(meId, channelId);
  const field = useRef<HTMLTextAreaElement>(null);
  const left = maxLength - text.length;
  const canSend = text.trim().length > 0 && left >= 0;

  // As high as what is written, up to the maximum that its style sets.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    // Not on a touch screen: the keyboard would cover what one came to read.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
    return () => engine.typing.stop();
  }, [engine, channelId]);

  function change(next: string) {
    setText(next);
    engine.typing.typed(channelId, next.trim().length > 0);
  }

  function send() {
    if (!canSend) return;
    engine.send(channelId, text);
    setText("");
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="mx-5 flex shrink-0 flex-col rounded-md border border-n6 bg-n1 transition-colors duration-150 focus-within:border-n8 dark:bg-n3/60 narrow:mx-3"
    >
      <textarea
        ref={field}
        rows={1}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        enterKeyHint="send"
        className="max-h-[40dvh] min-h-11 resize-none bg-transparent px-4 pt-[11px] pb-1 text-message outline-none"
      />
      <div className="flex h-10 items-center gap-3 pr-1.5 pb-1.5 pl-4">
        <span className={classes("flex-1 truncate text-xs text-n10", text.length === 0 && "invisible")}>
          {left < 500 ? (
            <CharactersLeft left={left} />
          ) : (
            <span className="narrow:hidden">Shift + Enter for a new line</span>
          )}
        </span>
        <button
          type="submit"
          aria-label="Send"
          title="Send"
          disabled={!canSend}
          className={classes(
            "flex size-8 items-center justify-center rounded-sm transition-colors duration-150",
            canSend ? "bg-accent text-on-accent hover:bg-accent-strong" : "text-n8",
          )}
        >
          <SendHorizontal size={16} strokeWidth={1.5} aria-hidden />
        </button>
      </div>
    </form>
  );
}

function CharactersLeft({ left }: { left: number }) {
  return (
    <span role="status" className={classes("tabular-nums", left < 0 && "font-medium text-danger")}>
      {left < 0 ? `${(-left).toLocaleString()} characters too many` : `${left.toLocaleString()} characters left`}
    </span>
  );
}
