"use client";

import type { Notification } from "@connectbest/contract";
import { useQueryClient } from "@tanstack/react-query";
import { AtSign, Bell, BellRing, Clock, KeyRound, MessageSquareReply, MessageSquareText, Smile } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { plainText } from "@/components/message/plain-text";
import { Avatar } from "@/components/ui/avatar";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { Tabs } from "@/components/ui/tabs";
import { ViewFrame } from "@/components/ui/view-frame";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { useFormats } from "@/lib/format/formats-context";
import { messageAddress, viewPath } from "@/lib/navigation/place";
import { useAddressParameter } from "@/lib/navigation/use-address";
import { notices } from "@/lib/notices/notices";
import { noticeWords } from "@/lib/notifications/notice-words";
import { usePages } from "@/lib/query/use-pages";
import { useText } from "@/lib/text/text-context";

const icons: Record<Notification["kind"], LucideIcon> = {
  mention: AtSign,
  keyword: KeyRound,
  dm: MessageSquareText,
  thread_reply: MessageSquareReply,
  reaction: Smile,
  reminder: Clock,
};

/** What concerned me, the latest first. */
export function ActivityView() {
  const t = useText();
  const store = useChatStore();
  const client = useQueryClient();
  const unseen = useChat((state) => state.unseenNotifications);
  const isUnreadOnly = useAddressParameter("tab") === "unread";
  const pages = usePages(["notifications", isUnreadOnly], (cursor, signal) =>
    api.get("/notifications", { query: { cursor, unread: isUnreadOnly ? "true" : "false" }, signal }),
  );
  const list = pages.data?.pages.flatMap((page) => page.notifications);

  async function read(ids?: string[]) {
    try {
      const { unreadCount } = await api.put("/notifications/read", { body: ids ? { ids } : {} });
      store.update((state) => ({ ...state, unseenNotifications: unreadCount }));
      await client.invalidateQueries({ queryKey: ["notifications"] });
    } catch (error) {
      notices.say(sentenceOf(error), { tone: "danger" });
    }
  }

  return (
    <ViewFrame
      title={t("view.activity")}
      actions={
        <Button size="sm" tone="quiet" disabled={unseen === 0} onClick={() => void read()}>
          {t("activity.readAll")}
        </Button>
      }
      head={
        <Tabs
          label={t("view.activity")}
          tabs={[
            { href: viewPath("activity"), name: t("activity.all"), isCurrent: !isUnreadOnly },
            { href: `${viewPath("activity")}?tab=unread`, name: t("activity.unread"), isCurrent: isUnreadOnly },
          ]}
        />
      }
    >
      <PagedList
        query={pages}
        items={list}
        empty={
          <EmptyState icon={isUnreadOnly ? BellRing : Bell} title={t("activity.none")}>
            <p>{t("activity.noneHint")}</p>
          </EmptyState>
        }
      >
        {(notification) => (
          <NotificationItem
            key={notification.id}
            notification={notification}
            onOpen={() => !notification.isRead && void read([notification.id])}
          />
        )}
      </PagedList>
    </ViewFrame>
  );
}

function NotificationItem({ notification, onOpen }: { notification: Notification; onOpen(): void }) {
  const t = useText();
  const formats = useFormats();
  const { kind, channelId, messageId, parentMessageId, actor, isRead, at } = notification;
  const Icon = icons[kind];
  const { title, body } = noticeWords(t, notification);
  return (
    <AppLink
      href={messageAddress({ id: messageId, channelId, parentMessageId })}
      onClick={onOpen}
      className={classes(
        "flex gap-3 rounded-md border p-3.5 hover:border-n7",
        isRead ? "border-n5 bg-n1" : "border-accent/40 bg-accent-tint/50",
      )}
    >
      <span className="relative shrink-0 self-start">
        {actor ? (
          <Avatar id={actor.id} name={actor.name} url={actor.avatarUrl} size={36} />
        ) : (
          <span className="flex size-9 items-center justify-center rounded-md bg-n3 text-n11">
            <Icon size={20} strokeWidth={1.5} aria-hidden />
          </span>
        )}
        {actor && (
          <span className="absolute -right-1.5 -bottom-1.5 flex size-5 items-center justify-center rounded-full border border-n5 bg-n1 text-n11">
            <Icon size={12} strokeWidth={1.5} aria-hidden />
          </span>
        )}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium">
            {title}
          </span>
          <time dateTime={at} title={formats.full(at)} className="shrink-0 text-xs text-n10 tabular-nums">
            {formats.ago(at)}
          </time>
        </span>
        <span dir="auto" className="line-clamp-2 text-sm text-n11 [overflow-wrap:anywhere]">
          {plainText(body)}
        </span>
        {!isRead && <span className="sr-only">{t("activity.isUnread")}</span>}
      </span>
    </AppLink>
  );
}
