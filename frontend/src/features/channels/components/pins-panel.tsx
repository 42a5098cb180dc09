"use client";

import type { Channel } from "@connectbest/contract";
import { useQuery } from "@tanstack/react-query";
import { Pin, PinOff } from "lucide-react";
import { MessageCard } from "@/components/message/message-card";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { SidePanel } from "@/components/ui/side-panel";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";

/** What is pinned to a channel, the latest pin first. */
export function PinsPanel({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const t = useText();
  const { actions } = useEngine();
  const pending = useChat((state) => state.pendingChanges);
  const { data, error, refetch } = useQuery({
    // Every change of the channel's messages may be one of its pins.
    queryKey: ["pins", channel.id, channel.rev],
    queryFn: async ({ signal }) =>
      (await api.get("/chat/channels/:id/pins", { params: { id: channel.id }, signal })).messages,
    placeholderData: (before) => before,
  });
  const unpinned = new Set(
    pending.flatMap(({ messageId, change }) => (change.kind === "pin" && !change.isOn ? [messageId] : [])),
  );
  const shown = data?.filter(({ id }) => !unpinned.has(id));
  return (
    <SidePanel title={t("pins.title")} note={shown?.length || null} onClose={onClose}>
      <div className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto p-3">
        {error && !data && <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />}
        {!data && !error && <ListSkeleton />}
        {shown?.length === 0 && (
          <EmptyState icon={Pin} title={t("pins.none")}>
            <p>{t("pins.noneHint")}</p>
          </EmptyState>
        )}
        {shown?.map((message) => (
          <MessageCard
            key={message.id}
            message={message}
            hasPlace={false}
            actions={
              channel.archivedAt === null && (
                <IconButton label={t("message.unpin")} icon={PinOff} onClick={() => actions.pin(message.id, false)} />
              )
            }
          />
        ))}
      </div>
    </SidePanel>
  );
}
