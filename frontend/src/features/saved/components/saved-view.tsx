"use client";

import type { Message, Reminder } from "@connectbest/contract";
import { useQueryClient } from "@tanstack/react-query";
import { Bookmark, BookmarkX, Clock, X } from "lucide-react";
import { MessageCard } from "@/components/message/message-card";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { PagedList } from "@/components/ui/paged-list";
import { Tabs } from "@/components/ui/tabs";
import { ViewFrame } from "@/components/ui/view-frame";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { useFormats } from "@/lib/format/formats-context";
import { useEngine } from "@/lib/live/engine-context";
import { viewPath } from "@/lib/navigation/place";
import { useAddressParameter } from "@/lib/navigation/use-address";
import { notices } from "@/lib/notices/notices";
import { usePages } from "@/lib/query/use-pages";
import { useText } from "@/lib/text/text-context";

/** The messages that I saved, and those that I want to be reminded of. */
export function SavedView() {
  const t = useText();
  const isReminders = useAddressParameter("tab") === "reminders";
  return (
    <ViewFrame
      title={t("view.saved")}
      head={
        <Tabs
          label={t("view.saved")}
          tabs={[
            { href: viewPath("saved"), name: t("saved.messages"), isCurrent: !isReminders },
            { href: `${viewPath("saved")}?tab=reminders`, name: t("saved.reminders"), isCurrent: isReminders },
          ]}
        />
      }
    >
      {isReminders ? <Reminders /> : <SavedMessages />}
    </ViewFrame>
  );
}

function SavedMessages() {
  const t = useText();
  const saved = useChat((state) => state.saved);
  const pages = usePages(["saved"], (cursor, signal) => api.get("/chat/bookmarks", { query: { cursor }, signal }));
  const messages = pages.data?.pages
    .flatMap((page) => page.bookmarks.map(({ message }) => message))
    .filter(({ id }) => saved[id] !== false);
  return (
    <PagedList
      query={pages}
      items={messages}
      empty={
        <EmptyState icon={Bookmark} title={t("saved.none")}>
          <p>{t("saved.noneHint")}</p>
        </EmptyState>
      }
    >
      {(message) => <SavedMessage key={message.id} message={message} />}
    </PagedList>
  );
}

function SavedMessage({ message }: { message: Message }) {
  const t = useText();
  const { actions } = useEngine();
  return (
    <MessageCard
      message={message}
      actions={
        <IconButton label={t("message.unsave")} icon={BookmarkX} onClick={() => actions.save(message.id, false)} />
      }
    />
  );
}

function Reminders() {
  const t = useText();
  const pages = usePages(["reminders"], (cursor, signal) => api.get("/reminders", { query: { cursor }, signal }));
  const reminders = pages.data?.pages.flatMap((page) => page.reminders);
  return (
    <PagedList
      query={pages}
      items={reminders}
      empty={
        <EmptyState icon={Clock} title={t("saved.noReminders")}>
          <p>{t("saved.noRemindersHint")}</p>
        </EmptyState>
      }
    >
      {(reminder) => <OneReminder key={reminder.id} reminder={reminder} />}
    </PagedList>
  );
}

function OneReminder({ reminder }: { reminder: Reminder }) {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  async function remove() {
    try {
      await api.delete("/reminders/:id", { params: { id: reminder.id } });
      await client.invalidateQueries({ queryKey: ["reminders"] });
    } catch (error) {
      notices.say(sentenceOf(error), { tone: "danger" });
    }
  }
  return (
    <div>
      <p className="mb-1 flex items-center gap-1.5 text-frame font-medium text-n11">
        <Clock size={16} strokeWidth={1.5} aria-hidden className="text-n10" />
        {formats.dateAndTime(reminder.remindAt)}
        {reminder.note && <span dir="auto"> · {reminder.note}</span>}
      </p>
      <MessageCard
        message={reminder.message}
        actions={<IconButton label={t("saved.removeReminder")} icon={X} onClick={() => void remove()} />}
      />
    </div>
  );
}
