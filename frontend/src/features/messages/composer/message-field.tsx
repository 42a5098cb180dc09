"use client";

import { useId, useLayoutEffect, useState } from "react";
import type { ClipboardEvent, KeyboardEvent, RefObject } from "react";
import { inTone, loadEmoji } from "@/components/emoji/emoji-data";
import { safeAddress } from "@/components/message/markdown";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";
import { shortcodeAt, tokenAt } from "./completion";
import type { Token } from "./completion";
import { apply, isInCode, link, newLine, prefixLines, wrap } from "./editing";
import type { Edit, Selection } from "./editing";
import { SuggestionList } from "./suggestion-list";
import { useSuggestions } from "./use-suggestions";
import type { Suggestion } from "./use-suggestions";

interface MessageFieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  channelId: string;
  label: string;
  value: string;
  onChange(text: string): void;
  /** Enter, or whichever key the reader chose. */
  onSubmit(): void;
  /** A key that the field itself makes nothing of. */
  onKey?(event: KeyboardEvent<HTMLTextAreaElement>): void;
  onFiles?(files: readonly File[]): void;
}

export const selectionIn = (field: HTMLTextAreaElement): Selection => ({
  text: field.value,
  start: field.selectionStart,
  end: field.selectionEnd,
});

/** Ctrl or Cmd with these, as everywhere. */
const marks: Record<string, (selection: Selection) => Edit> = {
  b: (selection) => wrap(selection, "**"),
  i: (selection) => wrap(selection, "_"),
  e: (selection) => wrap(selection, "`"),
  "shift+x": (selection) => wrap(selection, "~~"),
  "shift+7": (selection) => prefixLines(selection, (line) => `${line + 1}. `),
  "shift+8": (selection) => prefixLines(selection, () => "- "),
  "shift+9": (selection) => prefixLines(selection, () => "> "),
};

/** Where a message is written: Markdown, with names and emoji completed. Grows with its text. */
export function MessageField(props: MessageFieldProps) {
  const { field, channelId, label, value, onChange, onSubmit, onKey, onFiles } = props;
  const t = useText();
  const listId = useId();
  const { preferences } = usePreferences();
  const [token, setToken] = useState<Token | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const isDismissed = token !== null && dismissed === token.from;
  const suggestions = useSuggestions(isDismissed ? null : token, channelId);
  const isOpen = token !== null && !isDismissed && suggestions.length > 0;
  const current = isOpen ? suggestions[Math.min(at, suggestions.length - 1)] : undefined;

  // As high as what is written, up to the maximum that its style sets.
  useLayoutEffect(() => {
    if (field.current) fit(field.current);
  }, [field, value]);

  /** As it is closed: what is sent holds the emoji itself, which everybody's device can show. */
  async function replaceShortcode(element: HTMLTextAreaElement, { name, from }: { name: string; from: number }) {
    const caret = element.selectionStart;
    const before = element.value;
    // Should they not load, the letters stay: they can be read as well.
    const data = await loadEmoji(t.language).catch(() => null);
    const found = data?.all.find(({ shortcodes }) => shortcodes.includes(name));
    if (!found || element.value !== before || element.selectionStart !== caret) return;
    const insert = inTone(found, preferences.skinTone);
    apply(element, { from, to: caret, insert, start: from + insert.length, end: from + insert.length });
  }

  function look() {
    const element = field.current;
    if (!element || element.selectionStart !== element.selectionEnd) return setToken(null);
    const next = tokenAt(element.value, element.selectionStart);
    if (next?.from !== token?.from || next?.text !== token?.text) setAt(0);
    if (next?.from !== dismissed) setDismissed(null);
    setToken(next);
    const shortcode = shortcodeAt(element.value, element.selectionStart);
    if (shortcode) void replaceShortcode(element, shortcode);
  }

  function complete({ insert }: Suggestion) {
    if (!field.current || !token) return;
    const end = token.from + insert.length;
    apply(field.current, { from: token.from, to: field.current.selectionStart, insert, start: end, end });
    setToken(null);
  }

  /** Answers whether the list took the key. */
  function onListKey(event: KeyboardEvent): boolean {
    if (!isOpen || !current) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined)
      setAt((Math.min(at, suggestions.length - 1) + step + suggestions.length) % suggestions.length);
    else if (event.key === "Tab" || event.key === "Enter") complete(current);
    else if (event.key === "Escape") setDismissed(token.from);
    else return false;
    return true;
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (onListKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const mark = marks[`${event.shiftKey ? "shift+" : ""}${keyOf(event)}`];
    if ((event.ctrlKey || event.metaKey) && !event.altKey && mark) {
      event.preventDefault();
      return apply(event.currentTarget, mark(selectionIn(event.currentTarget)));
    }
    if (event.key === "Enter") return onEnter(event);
    onKey?.(event);
  }

  function onEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
    const element = event.currentTarget;
    const hasCommand = event.ctrlKey || event.metaKey;
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const sends = hasCommand || (preferences.enterKey === "send" && !isTouch ? !event.shiftKey : false);
    // Within code a new line is what is meant: Ctrl+Enter sends.
    event.preventDefault();
    if (sends && (hasCommand || !isInCode(element.value, element.selectionStart))) return onSubmit();
    apply(element, newLine(selectionIn(element)));
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const files = [...event.clipboardData.files];
    if (files.length > 0 && onFiles) {
      event.preventDefault();
      return onFiles(files);
    }
    const text = event.clipboardData.getData("text/plain").trim();
    const selection = selectionIn(event.currentTarget);
    if (selection.start === selection.end || /\s/.test(text) || !safeAddress(text)) return;
    event.preventDefault();
    apply(event.currentTarget, link(selection, text));
  }

  return (
    <div className="relative">
      {isOpen && <SuggestionList id={listId} suggestions={suggestions} current={current} onPick={complete} />}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={label}
        placeholder={label}
        aria-haspopup="listbox"
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={current ? `${listId}-${current.key}` : undefined}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          look();
        }}
        onSelect={() => look()}
        onBlur={() => setToken(null)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        enterKeyHint="enter"
        className="block max-h-[40dvh] min-h-11 w-full resize-none bg-transparent px-4 pt-[11px] pb-1 text-message outline-none"
      />
    </div>
  );
}

/** As high as what it holds. */
function fit(element: HTMLTextAreaElement): void {
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}

/** The letter or digit of a key, whatever Shift makes of it. */
const keyOf = ({ code, key }: KeyboardEvent): string => /^Digit(\d)$/.exec(code)?.[1] ?? key.toLowerCase();
