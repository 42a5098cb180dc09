"use client";

import { MessagesSquare } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { sortedChannels, sortedConversations } from "@/lib/chat/selectors";
import type { ChatState } from "@/lib/chat/state";
import { conversationPath } from "@/lib/navigation/conversation-path";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { navigate } from "@/lib/navigation/navigate";
import { homePath } from "@/lib/navigation/place";
import { recentChannels } from "@/lib/navigation/recent";
import { keptAddress } from "@/lib/offline/kept-address";
import { useText } from "@/lib/text/text-context";
import { ConversationSkeleton } from "./conversation-skeleton";

/** No conversation is chosen: on to the last one, or the first; on a narrow screen the sidebar is the page. */
export function Home() {
  const t = useText();
  const store = useChatStore();
  const { open } = useDialogs();
  const isLoaded = useChat((state) => state.channels !== null);
  const isEmpty = useChat((state) => Object.keys(state.channels ?? {}).length === 0);

  useEffect(() => {
    // The address may lead elsewhere already: what is drawn follows a click a moment later.
    if (isEmpty || location.pathname !== homePath || keptAddress()) return;
    if (matchMedia("(width < 720px)").matches) return;
    const path = firstPath(store.get());
    if (path) navigate(path, { replace: true });
  }, [isEmpty, store]);

  if (!isLoaded || !isEmpty) return <ConversationSkeleton />;
  return (
    <EmptyState
      icon={MessagesSquare}
      title={t("home.empty")}
      actions={
        <>
          <Button tone="primary" onClick={() => open({ name: "browse" })}>
            {t("home.browse")}
          </Button>
          <Button onClick={() => open({ name: "create" })}>{t("home.create")}</Button>
        </>
      }
    >
      <p>{t("home.emptyHint")}</p>
    </EmptyState>
  );
}

function firstPath({ channels, me }: ChatState): string | null {
  const last = recentChannels(me.id).find((id) => channels?.[id]);
  const first = (last && channels?.[last]) ?? sortedChannels(channels)[0] ?? sortedConversations(channels)[0];
  return first ? conversationPath(first.channel, me.id) : null;
}
