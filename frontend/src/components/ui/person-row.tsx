"use client";

import type { ReactNode } from "react";
import { useStatusMessage } from "@/lib/chat/use-status-message";
import { useText } from "@/lib/text/text-context";
import { Avatar } from "./avatar";
import { PresenceDot } from "./presence-dot";
import type { Presence } from "./presence-dot";

interface PersonRowProps {
  person: { id: string; name: string; username: string; avatarUrl: string | null; statusMessage: string | null };
  presence?: Presence;
  /** After the name: "you", "admin". */
  note?: string | undefined;
  action?: ReactNode;
}

export function PersonRow({ person, presence, note, action }: PersonRowProps) {
  const t = useText();
  const words = useStatusMessage(person);
  return (
    <span className="flex min-w-0 flex-1 items-center gap-3">
      <span aria-hidden className="relative flex">
        <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={36} />
        <PresenceDot presence={presence} className="absolute -right-1 -bottom-1" />
      </span>
      <span className="min-w-0 flex-1 text-left">
        <span className="flex items-baseline gap-1.5">
          <span dir="auto" className="truncate text-sm font-medium text-n12">
            {person.name}
          </span>
          {note && <span className="shrink-0 text-xs text-n10">{note}</span>}
        </span>
        <span className="block truncate text-frame text-n10">
          @{person.username}
          {words && ` · ${words}`}
          {presence && <span className="sr-only"> {t(`presence.${presence}`)}</span>}
        </span>
      </span>
      {action}
    </span>
  );
}
