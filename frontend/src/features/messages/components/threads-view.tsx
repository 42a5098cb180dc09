"use client";

import type { Message, Thread } from "@connectbest/contract";
import { MessagesSquare } from "lucide-react";
import { MessageCard } from "@/components/message/message-card";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { ViewFrame } from "@/components/ui/view-frame";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { useFormats } from "@/lib/format/formats-context";
import { spotAddress } from "@/lib/navigation/place";
import { usePages } from "@/lib/query/use-pages";
import { useText } from "@/lib/text/text-context";

/** The threads that I follow: unread ones first. */
export function ThreadsView() {
  const t = useText();
  const pages = usePages(["threads"], (cursor, signal) => api.get("/chat/threads", { query: { cursor }, signal }));
  const threads = pages.data?.pages.flatMap((page) => page.threads);
  return (
    <ViewFrame title={t("view.threads")}>
      <PagedList
        query={pages}
        items={threads}
        empty={
          <EmptyState icon={MessagesSquare} title={t("threads.none")}>
            <p>{t("threads.noneHint")}</p>
          </EmptyState>
        }
      >
        {(item) => <OneThread key={item.message.id} {...item} />}
      </PagedList>
    </ViewFrame>
  );
}

function OneThread({ thread, message }: { thread: Thread; message: Message }) {
  const t = useText();
  const formats = useFormats();
  const held = useChat((state) => state.threads[message.id]?.standing);
  const unread = (held && held.version >= thread.version ? held : thread).unreadCount;
  const address = spotAddress({ channelId: message.channelId, parentMessageId: message.id });
  return (
    <div>
      <MessageCard message={message} />
      <AppLink
        href={address}
        className="mx-3 flex h-9 items-center gap-2 rounded-b-md border border-t-0 border-n5 bg-n2 px-3 text-frame hover:bg-n3"
      >
        <span className="flex -space-x-1">
          {message.participants.slice(0, 4).map((person) => (
            <Avatar key={person.id} id={person.id} name={person.name} url={person.avatarUrl} size={20} />
          ))}
        </span>
        <span className="font-medium text-accent-text">{t("thread.replies", { count: message.replyCount })}</span>
        {message.lastReplyAt && (
          <span className="truncate text-n10">{t("thread.lastReply", { when: formats.ago(message.lastReplyAt) })}</span>
        )}
        {unread > 0 && (
          <span className="ml-auto shrink-0 rounded-full bg-accent px-2 text-xs font-semibold text-on-accent">
            {t("threads.unread", { count: unread })}
          </span>
        )}
      </AppLink>
    </div>
  );
}
