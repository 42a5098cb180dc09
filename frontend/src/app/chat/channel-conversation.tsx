"use client";

import type { Channel } from "@connectbest/contract";
import { Hash, SearchX } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadError } from "@/components/ui/load-error";
import { useJoin } from "@/features/channels/hooks/use-join";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { useText } from "@/lib/text/text-context";
import { Conversation } from "./conversation";
import { ConversationSkeleton } from "./conversation-skeleton";
import { PlainScreen } from "./plain-screen";
import { useLoaded } from "./use-loaded";

/** A channel by its id: mine, one that I could join, or none that I may know of. */
export function ChannelConversation({ channelId }: { channelId: string }) {
  const isListLoaded = useChat((state) => state.channels !== null);
  const channel = useChat((state) => state.channels?.[channelId]?.channel);
  if (channel) return <Conversation channel={channel} />;
  return isListLoaded ? (
    <PlainScreen>
      <ForeignChannel channelId={channelId} />
    </PlainScreen>
  ) : (
    <ConversationSkeleton />
  );
}

function ForeignChannel({ channelId }: { channelId: string }) {
  const t = useText();
  const { open } = useDialogs();
  const { value, error, retry } = useLoaded(channelId, async () =>
    api.get("/chat/channels/:id", { params: { id: channelId } }).then((answer) => answer.channel),
  );
  if (error instanceof ApiError && error.status === 404)
    return (
      <EmptyState
        icon={SearchX}
        title={t("channel.none")}
        actions={<Button onClick={() => open({ name: "browse" })}>{t("home.browse")}</Button>}
      >
        <p>{t("channel.noneHint")}</p>
      </EmptyState>
    );
  if (error) return <LoadError sentence={sentenceOf(error)} onRetry={retry} />;
  return value ? <JoinInvitation channel={value} /> : <ConversationSkeleton />;
}

function JoinInvitation({ channel }: { channel: Channel }) {
  const t = useText();
  const join = useJoin();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const name = channel.name ?? "";

  async function accept() {
    setBusy(true);
    await join(channel.id).catch((thrown: unknown) => {
      setError(sentenceOf(thrown));
      setBusy(false);
    });
  }

  return (
    <EmptyState
      icon={Hash}
      title={t("channel.joinTitle", { name })}
      actions={
        <Button tone="primary" isBusy={isBusy} onClick={() => void accept()}>
          {t("channel.join", { name })}
        </Button>
      }
    >
      {channel.description && (
        <p dir="auto" className="mb-1 text-n12">
          {channel.description}
        </p>
      )}
      <p>{t("channel.notIn", { count: channel.memberCount })}</p>
      {error && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {error}
        </p>
      )}
    </EmptyState>
  );
}
