"use client";

import type { Message } from "@connectbest/contract";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { MessageText } from "@/components/message/message-text";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useFormats } from "@/lib/format/formats-context";
import { useText } from "@/lib/text/text-context";

const nobody: readonly string[] = [];

/** What a message said before, the latest first. */
export function HistoryDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const t = useText();
  const formats = useFormats();
  const { data, error, refetch } = useQuery({
    queryKey: ["history", message.id, message.rev],
    queryFn: async ({ signal }) =>
      (await api.get("/chat/messages/:id/history", { params: { id: message.id }, signal })).versions,
  });
  const versions = data && [
    { content: message.content, writtenAt: message.editedAt ?? message.updatedAt },
    ...data.toReversed(),
  ];
  return (
    <Dialog title={t("message.history")} onClose={onClose}>
      <ol className="space-y-4 overflow-y-auto px-6 pb-6">
        {error && <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />}
        {!data && !error && <ListSkeleton />}
        {versions?.map(({ content, writtenAt }, index) => (
          <li key={index} className="border-l-2 border-n6 pl-3">
            <p className="text-xs text-n10">
              <time dateTime={writtenAt}>{formats.dateAndTime(writtenAt)}</time>
              {index === 0 && ` · ${t("message.now")}`}
            </p>
            <MessageText content={content} mentions={nobody} mentionsChannel={false} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
