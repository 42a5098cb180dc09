"use client";

import { UserX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadError } from "@/components/ui/load-error";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { withChannel } from "@/lib/chat/channels";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { conversationWith } from "@/lib/chat/selectors";
import { useText } from "@/lib/text/text-context";
import { Conversation } from "./conversation";
import { ConversationSkeleton } from "./conversation-skeleton";
import { PlainScreen } from "./plain-screen";
import { useLoaded } from "./use-loaded";

/** My conversation with one person: known already, else found or begun. */
export function DirectConversation({ userId }: { userId: string }) {
  const isListLoaded = useChat((state) => state.channels !== null);
  const channel = useChat((state) => conversationWith(state.channels, userId, state.me.id)?.channel);
  if (channel) return <Conversation channel={channel} />;
  return isListLoaded ? (
    <PlainScreen>
      <NewConversation userId={userId} />
    </PlainScreen>
  ) : (
    <ConversationSkeleton />
  );
}

function NewConversation({ userId }: { userId: string }) {
  const t = useText();
  const store = useChatStore();
  const { error, retry } = useLoaded(userId, async () => {
    const { channel } = await api.post("/dm", { body: { userIds: [userId] } });
    store.update((state) => withChannel(state, channel));
    return channel;
  });
  if (error instanceof ApiError && (error.status === 404 || error.status === 400))
    return (
      <EmptyState icon={UserX} title={t("people.nobody")}>
        <p>{error.status === 404 ? t("people.nobodyHint") : sentenceOf(error)}</p>
      </EmptyState>
    );
  return error ? <LoadError sentence={sentenceOf(error)} onRetry={retry} /> : <ConversationSkeleton />;
}
