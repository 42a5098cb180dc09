"use client";

import type { User } from "@connectbest/contract";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { LoadError } from "@/components/ui/load-error";
import { Notice } from "@/components/ui/notice";
import { PeopleSkeleton } from "@/components/ui/people-skeleton";
import { PersonRow } from "@/components/ui/person-row";
import { SearchField } from "@/components/ui/search-field";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { withChannel } from "@/lib/chat/channels";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { conversationPath } from "@/lib/navigation/conversation-path";
import { navigate } from "@/lib/navigation/navigate";
import { directMessagePath } from "@/lib/navigation/place";
import { usePeople } from "@/lib/query/use-people";
import { useSettled } from "@/lib/query/use-settled";
import { useText } from "@/lib/text/text-context";

/** As the API has it. */
const most = 8;

/** To one person by their name; to several by the plus beside theirs. */
export function NewMessageDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const store = useChatStore();
  const meId = useChat((state) => state.me.id);
  const presence = useChat((state) => state.presence);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const query = useSettled(text.trim());
  const people = usePeople(query);
  const ids = new Set([meId, ...chosen.map(({ id }) => id)]);
  const others = people.data?.filter((person) => !ids.has(person.id)) ?? [];

  function add(person: User) {
    setChosen([...chosen, person]);
    setText("");
  }

  async function begin(users: readonly User[]) {
    const [only, second] = users;
    if (only && !second) {
      onClose();
      return navigate(directMessagePath(only.id));
    }
    setBusy(true);
    try {
      const { channel } = await api.post("/dm", { body: { userIds: users.map(({ id }) => id) } });
      store.update((state) => withChannel(state, channel));
      onClose();
      navigate(conversationPath(channel, meId));
    } catch (error) {
      setFailure(sentenceOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={t("dm.title")} description={t("dm.description")} onClose={onClose}>
      <div className="space-y-3 px-6 pb-3">
        {failure && <Notice tone="danger">{failure}</Notice>}
        <SearchField label={t("people.search")} value={text} onChange={(event) => setText(event.target.value)} />
        {chosen.length > 0 && (
          <div className="flex items-start gap-2">
            <ul aria-label={t("dm.chosen")} className="flex flex-1 flex-wrap gap-1.5">
              {chosen.map((person) => (
                <li key={person.id} className="flex h-8 items-center gap-1 rounded-sm bg-n4 pr-0.5 pl-2.5 text-frame">
                  <span dir="auto" className="max-w-40 truncate">
                    {person.name}
                  </span>
                  <IconButton
                    label={t("dm.drop", { name: person.name })}
                    icon={X}
                    onClick={() => setChosen(chosen.filter(({ id }) => id !== person.id))}
                  />
                </li>
              ))}
            </ul>
            <Button tone="primary" size="sm" isBusy={isBusy} onClick={() => void begin(chosen)}>
              {t("dm.begin")}
            </Button>
          </div>
        )}
      </div>
      <div className="min-h-64 flex-1 overflow-y-auto border-t border-n5 px-3 py-2">
        {people.isPending && <PeopleSkeleton />}
        {people.isError && <LoadError sentence={sentenceOf(people.error)} onRetry={() => void people.refetch()} />}
        {people.isSuccess && others.length === 0 && (
          <p className="px-3 py-6 text-sm text-n10">{query || chosen.length > 0 ? t("people.none") : t("dm.alone")}</p>
        )}
        {chosen.length >= most && <p className="px-3 py-2 text-frame text-n10">{t("dm.full", { most })}</p>}
        <ul aria-label={t("view.people")}>
          {others.map((person) => (
            <li key={person.id} className="flex items-center rounded-sm pr-2 hover:bg-n3">
              <button
                type="button"
                disabled={chosen.length >= most}
                onClick={() => (chosen.length > 0 ? add(person) : void begin([person]))}
                className="flex min-w-0 flex-1 rounded-sm px-3 py-2"
              >
                <PersonRow person={person} presence={presence[person.id]} />
              </button>
              {chosen.length < most && (
                <IconButton label={t("dm.add", { name: person.name })} icon={Plus} onClick={() => add(person)} />
              )}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
