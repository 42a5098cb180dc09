"use client";

import { Hand } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { classes } from "@/components/ui/classes";
import { LoadError } from "@/components/ui/load-error";
import { SearchField } from "@/components/ui/search-field";
import { Skeleton } from "@/components/ui/skeleton";
import { useText } from "@/lib/text/text-context";
import { inTone, loadEmoji, searchEmoji } from "./emoji-data";
import type { Emoji, EmojiData } from "./emoji-data";
import { moveInGrid } from "./move-in-grid";
import { noteEmoji, recentEmoji } from "./recent-emoji";

/** One for each group, as its tab shows it. */
const groupIcons: Record<string, string> = {
  recent: "🕘",
  "smileys-emotion": "😀",
  "people-body": "👋",
  "animals-nature": "🐻",
  "food-drink": "🍎",
  "travel-places": "🚗",
  activities: "⚽",
  objects: "💡",
  symbols: "🔣",
  flags: "🏁",
};

const found = 63;

interface EmojiPickerProps {
  /** 0 (none) to 5 (darkest). */
  tone: number;
  onTone(tone: number): void;
  onPick(emoji: string): void;
}

/** Search, groups, what was chosen last, skin tones: by pointer and by arrows. */
export function EmojiPicker({ tone, onTone, onPick }: EmojiPickerProps) {
  const t = useText();
  const { data, hasFailed, retry } = useEmojiData();
  const [text, setText] = useState("");
  const [recent] = useState(recentEmoji);
  const [group, setGroup] = useState<string | null>(recent.length > 0 ? "recent" : "smileys-emotion");
  const search = useRef<HTMLInputElement>(null);
  const query = useDeferredValue(text);
  const shown = useMemo(() => (data ? choices(data, { query, group, recent }) : []), [data, query, group, recent]);
  const groups = [...(recent.length > 0 ? [{ key: "recent", label: t("emoji.recent") }] : []), ...(data?.groups ?? [])];
  const title = query.trim() ? t("emoji.found") : (groups.find(({ key }) => key === group)?.label ?? "");

  useEffect(() => search.current?.focus(), []);

  function pick(emoji: string) {
    noteEmoji(emoji);
    onPick(emoji);
  }

  function onSearchKey(event: KeyboardEvent<HTMLInputElement>) {
    const first = shown[0];
    if (event.key === "Enter") {
      event.preventDefault();
      if (first) pick(inTone(first, tone));
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      event.currentTarget.closest("[data-picker]")?.querySelector<HTMLElement>("[data-emoji]")?.focus();
    }
  }

  return (
    <div data-picker className="flex h-[376px] w-[340px] max-w-[calc(100vw-16px)] flex-col">
      <div className="p-2.5 pb-2">
        <SearchField
          ref={search}
          label={t("emoji.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onSearchKey}
        />
      </div>
      <div role="tablist" aria-label={t("emoji.groups")} className="flex border-b border-n5 px-2">
        {groups.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            role="tab"
            aria-label={label}
            title={label}
            aria-selected={!query.trim() && key === group}
            onClick={() => {
              setText("");
              setGroup(key);
            }}
            className="flex h-8 flex-1 items-center justify-center border-b-2 border-transparent text-base grayscale hover:bg-n3 aria-selected:border-accent aria-selected:grayscale-0"
          >
            <span aria-hidden>{groupIcons[key]}</span>
          </button>
        ))}
      </div>
      <p className="px-3 pt-2 pb-1 text-xs font-semibold text-n10 first-letter:uppercase">{title}</p>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-1">
        {hasFailed && <LoadError sentence={t("emoji.failed")} onRetry={retry} />}
        {!data && !hasFailed && <Skeleton className="m-1 h-40" />}
        {data && shown.length === 0 && <p className="px-1 py-3 text-sm text-n10">{t("emoji.nothing")}</p>}
        <div role="group" aria-label={title} onKeyDown={moveInGrid} className="grid grid-cols-9">
          {shown.map((emoji, index) => (
            <button
              key={emoji.character}
              type="button"
              data-emoji
              tabIndex={index === 0 ? 0 : -1}
              aria-label={emoji.label}
              title={emoji.shortcodes[0] ? `:${emoji.shortcodes[0]}:` : emoji.label}
              onClick={() => pick(inTone(emoji, tone))}
              className="flex aspect-square items-center justify-center rounded-sm text-[20px] leading-none outline-offset-[-2px] hover:bg-n4 focus-visible:bg-n4"
            >
              <span aria-hidden>{inTone(emoji, tone)}</span>
            </button>
          ))}
        </div>
      </div>
      <SkinTones tone={tone} onTone={onTone} />
    </div>
  );
}

const hands = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"];

function SkinTones({ tone, onTone }: { tone: number; onTone(tone: number): void }) {
  const t = useText();
  return (
    <div
      role="radiogroup"
      aria-label={t("emoji.tone")}
      className="flex items-center gap-0.5 border-t border-n5 px-2.5 py-1.5"
    >
      <Hand size={16} strokeWidth={1.5} aria-hidden className="mr-auto text-n10" />
      {hands.map((hand, index) => (
        <button
          key={hand}
          type="button"
          role="radio"
          aria-checked={index === tone}
          aria-label={t("emoji.toneNumber", { tone: index })}
          onClick={() => onTone(index)}
          className={classes(
            "flex size-7 items-center justify-center rounded-sm text-base hover:bg-n4",
            index === tone && "bg-accent-tint ring-1 ring-accent",
          )}
        >
          <span aria-hidden>{hand}</span>
        </button>
      ))}
    </div>
  );
}

function choices(
  data: EmojiData,
  { query, group, recent }: { query: string; group: string | null; recent: readonly string[] },
): readonly Emoji[] {
  if (query.trim()) return searchEmoji(data, query, found);
  if (group !== "recent") return data.groups.find(({ key }) => key === group)?.emoji ?? [];
  return recent.flatMap((character) => {
    const emoji = data.all.find((known) => known.character === character || known.tones.includes(character));
    // As it was chosen, whatever tone holds now.
    return emoji ? [{ ...emoji, character, tones: [] }] : [];
  });
}

function useEmojiData() {
  const { language } = useText();
  const [data, setData] = useState<EmojiData | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    loadEmoji(language).then(
      (loaded) => isCurrent && setData(loaded),
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [language, attempt]);
  return {
    data,
    hasFailed,
    retry: () => {
      setFailed(false);
      setAttempt(attempt + 1);
    },
  };
}
