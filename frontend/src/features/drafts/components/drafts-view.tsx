"use client";

import type { Draft, ScheduledMessage } from "@connectbest/contract";
import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock, CircleAlert, FilePen, Pencil, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ReactNode } from "react";
import { Attachments } from "@/components/message/attachments";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { MomentDialog } from "@/components/ui/moment-dialog";
import { Notice } from "@/components/ui/notice";
import { PagedList } from "@/components/ui/paged-list";
import { Tabs } from "@/components/ui/tabs";
import { ViewFrame } from "@/components/ui/view-frame";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { isEmptyDraft } from "@/lib/chat/drafts";
import { titleOf } from "@/lib/chat/selectors";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import { useSubmit } from "@/lib/forms/use-submit";
import { useFormats } from "@/lib/format/formats-context";
import { useEngine } from "@/lib/live/engine-context";
import { spotAddress, viewPath } from "@/lib/navigation/place";
import { useAddressParameter } from "@/lib/navigation/use-address";
import { notices } from "@/lib/notices/notices";
import { usePages } from "@/lib/query/use-pages";
import { useText } from "@/lib/text/text-context";

/** What I have begun to write, and what leaves later. */
export function DraftsView() {
  const t = useText();
  const isScheduled = useAddressParameter("tab") === "scheduled";
  return (
    <ViewFrame
      title={t("view.drafts")}
      head={
        <Tabs
          label={t("view.drafts")}
          tabs={[
            { href: viewPath("drafts"), name: t("drafts.drafts"), isCurrent: !isScheduled },
            { href: `${viewPath("drafts")}?tab=scheduled`, name: t("drafts.scheduled"), isCurrent: isScheduled },
          ]}
        />
      }
    >
      {isScheduled ? <ScheduledList /> : <DraftList />}
    </ViewFrame>
  );
}

function usePlaceName({ channelId, parentMessageId }: Spot): string {
  const t = useText();
  const name = useChat((state) => {
    const channel = state.channels?.[channelId]?.channel;
    return channel ? `${channel.type === "dm" ? "" : "#"}${titleOf(channel, state.me.id)}` : "";
  });
  return parentMessageId ? `${name} · ${t("thread.title")}` : name;
}

function DraftList() {
  const t = useText();
  const drafts = useChat((state) => state.drafts);
  const list = Object.values(drafts)
    .filter((draft) => !isEmptyDraft(draft))
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  if (list.length === 0)
    return (
      <EmptyState icon={FilePen} title={t("drafts.none")}>
        <p>{t("drafts.noneHint")}</p>
      </EmptyState>
    );
  return list.map((draft) => <OneDraft key={spotKey(draft)} draft={draft} />);
}

function OneDraft({ draft }: { draft: Draft }) {
  const t = useText();
  const formats = useFormats();
  const { drafts } = useEngine();
  const place = usePlaceName(draft);
  return (
    <Card
      place={place}
      when={formats.ago(draft.updatedAt)}
      content={draft.content}
      actions={
        <>
          <AppLink
            href={spotAddress(draft)}
            className="rounded-sm px-2 py-1 text-frame font-medium text-accent-text hover:bg-n3"
          >
            {t("drafts.goOn")}
          </AppLink>
          <IconButton label={t("drafts.discard")} icon={Trash2} onClick={() => drafts.change(draft, "")} />
        </>
      }
    />
  );
}

interface CardProps {
  place: string;
  when: string;
  content: string;
  actions: ReactNode;
  children?: ReactNode;
}

function Card({ place, when, content, actions, children }: CardProps) {
  return (
    <article aria-label={place} className="rounded-md border border-n5 bg-n1 p-3.5">
      <header className="mb-1 flex items-center gap-2">
        <span dir="auto" className="min-w-0 truncate text-sm font-semibold">
          {place}
        </span>
        <span className="min-w-0 flex-1 truncate text-xs text-n10">{when}</span>
        {actions}
      </header>
      <p dir="auto" className="line-clamp-6 text-message whitespace-pre-wrap [overflow-wrap:anywhere]">
        {content}
      </p>
      {children}
    </article>
  );
}

function ScheduledList() {
  const t = useText();
  const pages = usePages(["scheduled"], (cursor, signal) =>
    api.get("/scheduled-messages", { query: { cursor }, signal }),
  );
  const list = pages.data?.pages.flatMap((page) => page.scheduledMessages);
  return (
    <PagedList
      query={pages}
      items={list}
      empty={
        <EmptyState icon={CalendarClock} title={t("drafts.noneScheduled")}>
          <p>{t("drafts.noneScheduledHint")}</p>
        </EmptyState>
      }
    >
      {(scheduled) => <OneScheduled key={scheduled.id} scheduled={scheduled} />}
    </PagedList>
  );
}

function OneScheduled({ scheduled }: { scheduled: ScheduledMessage }) {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const place = usePlaceName(scheduled);
  const [opened, setOpened] = useState<"edit" | "move" | null>(null);
  const params = { id: scheduled.id };

  const again = () => client.invalidateQueries({ queryKey: ["scheduled"] });
  const run = (call: () => Promise<unknown>) =>
    void call().then(again, (error: unknown) => notices.say(sentenceOf(error), { tone: "danger" }));

  return (
    <Card
      place={place}
      when={t("drafts.leaves", { when: formats.dateAndTime(scheduled.sendAt) })}
      content={scheduled.content}
      actions={
        <>
          <IconButton label={t("drafts.edit")} icon={Pencil} onClick={() => setOpened("edit")} />
          <IconButton label={t("drafts.move")} icon={CalendarClock} onClick={() => setOpened("move")} />
          <IconButton
            label={t("drafts.sendNow")}
            icon={Send}
            onClick={() => run(() => api.post("/scheduled-messages/:id/send", { params }))}
          />
          <IconButton
            label={t("drafts.cancel")}
            icon={Trash2}
            onClick={() => run(() => api.delete("/scheduled-messages/:id", { params }))}
          />
        </>
      }
    >
      {scheduled.attachments.length > 0 && <Attachments files={scheduled.attachments} />}
      {scheduled.failure && (
        <p role="alert" className="mt-2 flex items-center gap-1.5 text-frame text-danger">
          <CircleAlert size={16} strokeWidth={1.5} aria-hidden className="shrink-0" />
          {t("drafts.failed")} {scheduled.failure}
        </p>
      )}
      {opened === "edit" && <EditDialog scheduled={scheduled} onSaved={again} onClose={() => setOpened(null)} />}
      {opened === "move" && (
        <MomentDialog
          title={t("drafts.move")}
          label={t("composer.sendAt")}
          action={t("ui.save")}
          initial={new Date(scheduled.sendAt)}
          onChoose={async (moment) => {
            await api.put("/scheduled-messages/:id", { params, body: { sendAt: moment.toISOString() } });
            await again();
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </Card>
  );
}

interface EditDialogProps {
  scheduled: ScheduledMessage;
  onSaved(): Promise<unknown>;
  onClose(): void;
}

function EditDialog({ scheduled, onSaved, onClose }: EditDialogProps) {
  const t = useText();
  const form = useSubmit(async (field) => {
    const body = { content: field("content") };
    await api.put("/scheduled-messages/:id", { params: { id: scheduled.id }, body });
    await onSaved();
    onClose();
  });
  return (
    <Dialog title={t("drafts.edit")} onClose={onClose}>
      <form onSubmit={form.submit} className="space-y-4 px-6 pb-5">
        {(form.sentence ?? form.fields["content"]) && (
          <Notice tone="danger">{form.sentence ?? form.fields["content"]}</Notice>
        )}
        <textarea
          name="content"
          aria-label={t("drafts.content")}
          dir="auto"
          defaultValue={scheduled.content}
          maxLength={5_000}
          rows={8}
          className="w-full resize-y rounded-sm border border-n6 bg-n1 p-3 text-message outline-none focus:border-accent"
        />
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={form.isBusy}>
            {t("ui.save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
