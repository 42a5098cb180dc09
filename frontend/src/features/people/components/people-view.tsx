"use client";

import { UserX } from "lucide-react";
import { useState } from "react";
import { AppLink } from "@/components/ui/app-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { PersonRow } from "@/components/ui/person-row";
import { SearchField } from "@/components/ui/search-field";
import { ViewFrame } from "@/components/ui/view-frame";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { viewPath } from "@/lib/navigation/place";
import { usePages } from "@/lib/query/use-pages";
import { useSettled } from "@/lib/query/use-settled";
import { useText } from "@/lib/text/text-context";

/** Everybody in the workspace. */
export function PeopleView() {
  const t = useText();
  const meId = useChat((state) => state.me.id);
  const presence = useChat((state) => state.presence);
  const [text, setText] = useState("");
  const query = useSettled(text.trim());
  const pages = usePages(["directory", query], async (cursor, signal) =>
    query
      ? { ...(await api.get("/users/search", { query: { query, limit: 100 }, signal })), nextCursor: null }
      : api.get("/users", { query: { cursor, limit: 100 }, signal }),
  );
  const people = pages.data?.pages.flatMap((page) => page.users);
  return (
    <ViewFrame
      title={t("view.people")}
      head={
        <div className="mx-auto w-full max-w-[760px] px-5 pt-4 narrow:px-3">
          <SearchField label={t("people.search")} value={text} onChange={(event) => setText(event.target.value)} />
        </div>
      }
    >
      <PagedList
        query={pages}
        items={people}
        empty={
          <EmptyState icon={UserX} title={t("people.none")}>
            <p>{t("people.noneHint")}</p>
          </EmptyState>
        }
      >
        {(person) => (
          <AppLink
            key={person.id}
            href={`${viewPath("people")}?profile=${person.id}`}
            className="flex rounded-sm px-3 py-2 hover:bg-n3"
          >
            <PersonRow
              person={person}
              presence={presence[person.id]}
              note={person.id === meId ? t("person.you") : person.role === "admin" ? t("person.admin") : undefined}
            />
          </AppLink>
        )}
      </PagedList>
    </ViewFrame>
  );
}
