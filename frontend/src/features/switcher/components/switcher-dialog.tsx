"use client";

import { AppWindow, Hash, Lock, Search, Users } from "lucide-react";
import { useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import { Avatar } from "@/components/ui/avatar";
import { classes } from "@/components/ui/classes";
import { CountBadge } from "@/components/ui/count-badge";
import { Dialog } from "@/components/ui/dialog";
import { SearchField } from "@/components/ui/search-field";
import { useChat } from "@/lib/chat/chat-context";
import { navigate } from "@/lib/navigation/navigate";
import { viewPath, views } from "@/lib/navigation/place";
import { recentChannels } from "@/lib/navigation/recent";
import { usePeople } from "@/lib/query/use-people";
import { useSettled } from "@/lib/query/use-settled";
import { useText } from "@/lib/text/text-context";
import { choicesFor } from "../api/choices";
import type { Choice } from "../api/choices";

const listId = "switcher-choices";

interface SwitcherDialogProps {
  /** Where one is: not where one wants to go. */
  currentId: string | null;
  onClose(): void;
}

/** Ctrl or Cmd+K: to any conversation, person or page by a few letters; or on to a search for them. */
export function SwitcherDialog({ currentId, onClose }: SwitcherDialogProps) {
  const t = useText();
  const channels = useChat((state) => state.channels);
  const me = useChat((state) => state.me);
  const [recent] = useState(() => recentChannels(me.id));
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const people = usePeople(useSettled(text.trim()));
  const choices = useMemo(() => {
    const pages = views.map((view) => ({ name: t(`view.${view}`), href: viewPath(view) }));
    const elsewhere = { people: people.data ?? [], views: pages, recent, currentId };
    const found = choicesFor({ channels, me }, text, elsewhere);
    return text.trim() ? [...found, searchFor(text.trim(), t("switcher.search", { text: text.trim() }))] : found;
  }, [channels, me, people.data, text, recent, currentId, t]);
  const current = Math.min(at, choices.length - 1);

  function go(choice: Choice | undefined) {
    if (!choice) return;
    onClose();
    navigate(choice.href);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      const next = (current + step + choices.length) % choices.length;
      setAt(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter") go(choices[current]);
    if (step !== undefined || event.key === "Enter") event.preventDefault();
  }

  return (
    <Dialog title={t("switcher.title")} onClose={onClose}>
      <div className="px-6 pb-3">
        <SearchField
          label={t("switcher.find")}
          role="combobox"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={choices[current] ? `${listId}-${current}` : undefined}
          value={text}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
      </div>
      <div className="min-h-56 overflow-y-auto border-t border-n5 p-2">
        <ul role="listbox" id={listId} aria-label={t("switcher.choices")}>
          {choices.map((choice, index) => (
            <li
              key={choice.key}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === current}
              onMouseMove={() => setAt(index)}
              onClick={() => go(choice)}
              className={classes(
                "flex h-10 cursor-pointer items-center gap-3 rounded-sm px-3 text-sm",
                index === current && "bg-n4",
              )}
            >
              <ChoiceIcon choice={choice} />
              <span
                dir="auto"
                className={classes("truncate", choice.unreadCount > 0 ? "font-semibold" : "font-medium")}
              >
                {choice.name}
              </span>
              <span className="min-w-0 flex-1 truncate text-frame text-n11">
                {choice.person && `@${choice.person.username}`}
              </span>
              <CountBadge count={choice.unreadCount} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

const searchFor = (text: string, name: string): Choice => ({
  key: "search",
  name,
  href: `${viewPath("search")}?q=${encodeURIComponent(text)}`,
  kind: "search",
  person: null,
  unreadCount: 0,
});

const icons = { public: Hash, private: Lock, dm: Users, view: AppWindow, search: Search };

function ChoiceIcon({ choice }: { choice: Choice }) {
  if (choice.person)
    return <Avatar id={choice.person.id} name={choice.person.name} url={choice.person.avatarUrl} size={20} />;
  const Icon = icons[choice.kind];
  return (
    <span className="flex w-5 justify-center text-n10">
      <Icon size={16} strokeWidth={1.5} aria-hidden />
    </span>
  );
}
