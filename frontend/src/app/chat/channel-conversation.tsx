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
import { plural } from "@/lib/format/plural";
import { Conversation } from "./conversation";
import { ConversationSkeleton } from "./conversation-skeleton";
import type { DialogName } from "./dialogs";
import { PlainScreen } from "./plain-screen";
import { useLoaded } from "./use-loaded";

interface ChannelConversationProps {
  channelId: string;
  onOpen(dialog: DialogName): void;
}

/** A channel by its id: mine, one that I could join, or none that I may know of. */
export function ChannelConversation({ channelId, onOpen }: ChannelConversationProps) {
  const isListLoaded = useChat((state) => state.channels !== null);
  const channel = useChat((state) => state.channels?.[channelId]?.channel);
  if (channel) return <Conversation channel={channel} />;
  return isListLoaded ? (
    <PlainScreen>
      <ForeignChannel channelId={channelId} onOpen={onOpen} />
    </PlainScreen>
  ) : (
    <ConversationSkeleton />
  );
}

function ForeignChannel({ channelId, onOpen }: ChannelConversationProps) {
  const { value, error, retry } = useLoaded(channelId, async () =>
    api.get("/chat/channels/:id", { params: { id: channelId } }).then((answer) => answer.channel),
  );
  if (error instanceof ApiError && error.status === 404)
    return (
      <EmptyState
        icon={SearchX}
        title="There is no such channel"
        actions={<Button onClick={() => onOpen("browse")}>Browse all channels</Button>}
      >
        <p>It may be private, or you may have left it. Ask somebody in it to add you.</p>
      </EmptyState>
    );
  if (error) return <LoadError sentence={sentenceOf(error)} onRetry={retry} />;
  return value ? <JoinInvitation channel={value} /> : <ConversationSkeleton />;
}

function JoinInvitation({ channel }: { channel: Channel }) {
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
      title={`Join #${name}?`}
      actions={
        <Button tone="primary" isBusy={isBusy} onClick={() => void accept()}>
          Join {name}
        </Button>
      }
    >
      {channel.description && <p className="mb-1 text-n12">{channel.description}</p>}
      <p>You are not in this channel yet. It has {plural(channel.memberCount, "member")}.</p>
      {error && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {error}
        </p>
      )}
    </EmptyState>
  );
}
