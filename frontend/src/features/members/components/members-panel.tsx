"use client";

import type { Channel } from "@connectbest/contract";
import { X } from "lucide-react";
import { useEffect } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { LoadError } from "@/components/ui/load-error";
import { PeopleSkeleton } from "@/components/ui/people-skeleton";
import { PersonRow } from "@/components/ui/person-row";
import { sentenceOf } from "@/lib/api/api-error";
import { useChat } from "@/lib/chat/chat-context";
import { directMessagePath } from "@/lib/navigation/place";
import { useMembers } from "../hooks/use-members";
import { AddMember } from "./add-member";

interface MembersPanelProps {
  channel: Channel;
  onClose(): void;
}

export function MembersPanel({ channel, onClose }: MembersPanelProps) {
  const meId = useChat((state) => state.me.id);
  const presence = useChat((state) => state.presence);
  const query = useMembers(channel.id, channel.memberCount);
  const members = query.data?.pages.flatMap((page) => page.members) ?? [];
  useCloseOnEscape(onClose);

  return (
    <aside
      aria-label="Members"
      className="absolute inset-y-0 right-0 z-30 flex w-[380px] max-w-full animate-rise flex-col border-l border-n5 bg-n1 narrow:w-full narrow:border-l-0 roomy:static roomy:z-0"
    >
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-n5 pr-3 pl-5">
        <h2 className="text-heading font-semibold tracking-[-0.01em]">Members</h2>
        <span className="flex-1 text-frame text-n10 tabular-nums">{channel.memberCount}</span>
        <IconButton label="Close panel" icon={X} onClick={onClose} className="size-8" />
      </header>
      {channel.type !== "dm" && <AddMember channelId={channel.id} members={members} />}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
        {query.isPending && <PeopleSkeleton />}
        {query.isError && <LoadError sentence={sentenceOf(query.error)} onRetry={() => void query.refetch()} />}
        <ul aria-label="Members">
          {members.map(({ user, role }) => (
            <li key={user.id}>
              <AppLink
                href={user.id === meId ? "#" : directMessagePath(user.id)}
                aria-label={user.id === meId ? `${user.name}, you` : `${user.name}, write a message`}
                onClick={(event) => user.id === meId && event.preventDefault()}
                className="flex rounded-sm px-3 py-2 hover:bg-n3"
              >
                <PersonRow
                  person={user}
                  presence={presence[user.id]}
                  note={noteOf(user.id === meId, role === "admin")}
                />
              </AppLink>
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <Button tone="quiet" size="sm" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </aside>
  );
}

const noteOf = (isMe: boolean, isAdmin: boolean): string | undefined =>
  [isMe && "you", isAdmin && "admin"].filter(Boolean).join(" · ") || undefined;

function useCloseOnEscape(onClose: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) onClose();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  });
}
