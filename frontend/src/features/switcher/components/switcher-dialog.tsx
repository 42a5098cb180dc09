"use client";

import { classes } from "@/components/ui/classes";
import { Hash, Lock } from "lucide-react";
import { useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Dialog } from "@/components/ui/dialog";
import { SearchField } from "@/components/ui/search-field";
import { useChat } from "@/lib/chat/chat-context";
import { navigate } from "@/lib/navigation/navigate";
import { usePeople } from "@/lib/query/use-people";
import { useSettled } from "@/lib/query/use-settled";
import { choicesFor } from "../api/choices";
import type { Choice } from "../api/choices";

const listId = "switcher-choices";

/** Ctrl or Cmd+K: to any conversation by a few letters. */
export function SwitcherDialog({ onClose }: { onClose(): void }) {
  const channels = useChat((state) => state.channels);
  const me = useChat((state) => state.me);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const people = usePeople(useSettled(text.trim()));
  const choices = useMemo(
    () => choicesFor({ channels, me }, people.data ?? [], text),
    [channels, me, people.data, text],
  );
  const current = Math.min(at, choices.length - 1);

  function go(choice: Choice | undefined) {
    if (!choice) return;
    onClose();
    navigate(choice.href);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) setAt((current + step + choices.length) % choices.length);
    if (event.key === "Enter") go(choices[current]);
    if (step !== undefined || event.key === "Enter") event.preventDefault();
  }

  return (
    <Dialog title="Go to" onClose={onClose}>
      <div className="px-6 pb-3">
        <SearchField
          label="Find a channel or a person"
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
        {choices.length === 0 && <p className="px-3 py-6 text-sm text-n10">Nothing is called “{text.trim()}”.</p>}
        <ul role="listbox" id={listId} aria-label="Conversations">
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
              <span className="truncate font-medium">{choice.name}</span>
              {choice.person && <span className="truncate text-frame text-n10">@{choice.person.username}</span>}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function ChoiceIcon({ choice }: { choice: Choice }) {
  if (choice.person)
    return <Avatar id={choice.person.id} name={choice.person.name} url={choice.person.avatarUrl} size={20} />;
  const Icon = choice.type === "private" ? Lock : Hash;
  return (
    <span className="flex w-5 justify-center text-n10">
      <Icon size={16} strokeWidth={1.5} aria-hidden />
    </span>
  );
}
