"use client";

import { useEffect, useMemo, useState } from "react";
import { api } from "@/lib/api/client";
import { useChatStore } from "@/lib/chat/chat-context";
import type { ChatState } from "@/lib/chat/state";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";
import type { Translate } from "@/lib/text/translate";
import type { Token } from "./completion";
import { channelSuggestions, emojiSuggestions, isCalled, mostSuggestions, personSuggestions } from "./suggestions";
import type { Suggestion } from "./suggestions";

export type { Suggestion } from "./suggestions";

/** Milliseconds until the server is asked for people. */
const delay = 120;

/** What could be meant, best first; of the last answer what still fits stands until the next is here. */
export function useSuggestions(token: Token | null, channelId: string): readonly Suggestion[] {
  const t = useText();
  const store = useChatStore();
  const { preferences } = usePreferences();
  const [found, setFound] = useState<(Pick<Token, "kind" | "text"> & { list: readonly Suggestion[] }) | null>(null);
  const { kind, text } = token ?? {};
  const tone = preferences.skinTone;

  useEffect(() => {
    if (!kind || text === undefined) return;
    let isCurrent = true;
    const finders = {
      person: () => people(text, channelId, store.get(), t),
      channel: async () => channelSuggestions(text, store.get()),
      emoji: () => emojiSuggestions(text, tone, t),
    };
    const timer = setTimeout(
      () =>
        void finders[kind]().then(
          (list) => isCurrent && setFound({ kind, text, list }),
          // Then it is written out by hand.
          () => isCurrent && setFound(null),
        ),
      kind === "person" && text ? delay : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [kind, text, channelId, store, tone, t]);

  return useMemo(() => {
    if (!kind || text === undefined || found?.kind !== kind) return [];
    return found.text === text ? found.list : found.list.filter((one) => isCalled(one, text));
  }, [kind, text, found]);
}

async function people(text: string, channelId: string, state: ChatState, t: Translate): Promise<Suggestion[]> {
  const wanted = text.toLowerCase();
  const query = { limit: mostSuggestions };
  const users = wanted
    ? (await api.get("/users/search", { query: { ...query, query: wanted } })).users
    : (await api.get("/chat/channels/:id/members", { params: { id: channelId }, query })).members.map(
        ({ user }) => user,
      );
  return personSuggestions(users, text, state.channels?.[channelId]?.channel.type === "dm", state.me.id, t);
}
