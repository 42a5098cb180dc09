"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { LoadError } from "@/components/ui/load-error";
import { PeopleSkeleton } from "@/components/ui/people-skeleton";
import { PersonRow } from "@/components/ui/person-row";
import { SearchField } from "@/components/ui/search-field";
import { sentenceOf } from "@/lib/api/api-error";
import { useChat } from "@/lib/chat/chat-context";
import { navigate } from "@/lib/navigation/navigate";
import { directMessagePath } from "@/lib/navigation/place";
import { usePeople } from "@/lib/query/use-people";
import { useSettled } from "@/lib/query/use-settled";

export function NewMessageDialog({ onClose }: { onClose(): void }) {
  const meId = useChat((state) => state.me.id);
  const presence = useChat((state) => state.presence);
  const [text, setText] = useState("");
  const query = useSettled(text.trim());
  const people = usePeople(query);
  const others = people.data?.filter((person) => person.id !== meId) ?? [];

  function open(userId: string) {
    onClose();
    navigate(directMessagePath(userId));
  }

  return (
    <Dialog title="New message" description="Whom do you want to write to?" onClose={onClose}>
      <div className="px-6 pb-3">
        <SearchField label="Search people" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <div className="min-h-64 flex-1 overflow-y-auto border-t border-n5 px-3 py-2">
        {people.isPending && <PeopleSkeleton />}
        {people.isError && <LoadError sentence={sentenceOf(people.error)} onRetry={() => void people.refetch()} />}
        {people.isSuccess && others.length === 0 && (
          <p className="px-3 py-6 text-sm text-n10">
            {query ? `Nobody is called “${query}”.` : "You are the first here. Invite your team to register."}
          </p>
        )}
        <ul>
          {others.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                aria-label={person.name}
                onClick={() => open(person.id)}
                className="flex w-full rounded-sm px-3 py-2 hover:bg-n3"
              >
                <PersonRow person={person} presence={presence[person.id]} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
