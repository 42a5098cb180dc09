"use client";

import type { Message } from "@connectbest/contract";
import { Avatar } from "@/components/ui/avatar";
import { AppLink } from "@/components/ui/app-link";
import { CountBadge } from "@/components/ui/count-badge";
import { useChat } from "@/lib/chat/chat-context";
import { useFormats } from "@/lib/format/formats-context";
import { withPanel } from "@/lib/navigation/panel";
import { useText } from "@/lib/text/text-context";

/** Under a message: who replied, how often, when last; the way into its thread. */
export function ThreadLine({ message }: { message: Message }) {
  const t = useText();
  const formats = useFormats();
  const unread = useChat((state) => state.threads[message.id]?.standing?.unreadCount ?? 0);
  const { participants, replyCount, lastReplyAt, id } = message;
  return (
    <AppLink
      href={withPanel({ kind: "thread", rootId: id })}
      className="group/thread mt-1 mb-0.5 flex h-8 w-fit max-w-full items-center gap-2 rounded-sm border border-transparent pr-2.5 pl-1 text-frame hover:border-n6 hover:bg-n1"
    >
      <span className="flex -space-x-1">
        {participants.slice(0, 4).map((person) => (
          <Avatar key={person.id} id={person.id} name={person.name} url={person.avatarUrl} size={20} />
        ))}
      </span>
      <span className="font-medium text-accent-text">{t("thread.replies", { count: replyCount })}</span>
      {lastReplyAt && (
        <time dateTime={lastReplyAt} className="truncate text-n10">
          {t("thread.lastReply", { when: formats.ago(lastReplyAt) })}
        </time>
      )}
      <CountBadge count={unread} />
    </AppLink>
  );
}
