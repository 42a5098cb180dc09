"use client";

import type { Channel } from "@connectbest/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Files } from "lucide-react";
import { Attachments } from "@/components/message/attachments";
import { AppLink } from "@/components/ui/app-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { ShowMore } from "@/components/ui/show-more";
import { SidePanel } from "@/components/ui/side-panel";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useFormats } from "@/lib/format/formats-context";
import { messageAddress } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

/** The files of a channel, latest sent first, each with the way to its message. */
export function FilesPanel({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const t = useText();
  const formats = useFormats();
  const query = useInfiniteQuery({
    queryKey: ["files", channel.id, channel.rev],
    queryFn: ({ pageParam, signal }) =>
      api.get("/chat/channels/:id/files", { params: { id: channel.id }, query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  const files = query.data?.pages.flatMap((page) => page.files);
  return (
    <SidePanel title={t("files.title")} onClose={onClose}>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
        {query.isError && !files && (
          <LoadError sentence={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.isPending && <ListSkeleton />}
        {files?.length === 0 && (
          <EmptyState icon={Files} title={t("files.none")}>
            <p>{t("files.noneHint")}</p>
          </EmptyState>
        )}
        {files?.map((file) => (
          <div key={`${file.messageId} ${file.id}`}>
            <AppLink
              href={messageAddress({ id: file.messageId, channelId: channel.id, parentMessageId: null })}
              className="text-xs text-n10 hover:underline"
            >
              {formats.dateAndTime(file.createdAt)}
            </AppLink>
            <Attachments files={[file]} />
          </div>
        ))}
        <ShowMore query={query} />
      </div>
    </SidePanel>
  );
}
