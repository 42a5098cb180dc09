"use client";

import type { Message } from "@connectbest/contract";
import { memo, useState } from "react";
import type { FocusEvent, KeyboardEvent } from "react";
import { Avatar } from "@/components/ui/avatar";
import { AppLink } from "@/components/ui/app-link";
import { classes } from "@/components/ui/classes";
import { useChat } from "@/lib/chat/chat-context";
import { useFormats } from "@/lib/format/formats-context";
import { withPanel } from "@/lib/navigation/panel";
import { useText } from "@/lib/text/text-context";
import type { Row } from "../api/rows";
import { EditForm } from "./edit-form";
import { FailedNotice } from "./failed-notice";
import { MessageBody } from "./message-body";
import { RowActions } from "./row-actions";
import type { Opened } from "./row-actions";
import { SystemNote } from "./system-note";
import { useRowKeys } from "../hooks/use-row-keys";

const stateOf = ({ pending }: Row) => {
  if (!pending) return "sent";
  return pending.failure ? "failed" : "sending";
};

interface MessageRowProps {
  row: Row;
  isTarget: boolean;
  /** The one that Tab reaches: the arrows move on from it. */
  isTabStop: boolean;
  isReply: boolean;
  isArchived: boolean;
  isEditing: boolean;
  onEdit(messageId: string | null): void;
}

/** One message. Own and others' look alike. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, isTarget, isTabStop, isReply, isArchived, isEditing, onEdit } = props;
  const t = useText();
  const formats = useFormats();
  const meId = useChat((state) => state.me.id);
  const [isPointedAt, setPointedAt] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const [opened, setOpened] = useState<Opened>(null);
  const state = stateOf(row);
  const { message } = row;
  const edit = () => message && onEdit(message.id);
  const onKeyDown = useRowKeys({ message, isReply, isArchived, onEdit: edit });

  if (message?.type === "system") return <SystemNote message={message} />;
  const hasActions = message !== null && !isEditing && (isPointedAt || hasFocus || opened !== null);
  return (
    <article
      tabIndex={isTabStop ? 0 : -1}
      data-message-id={message?.id ?? row.pending?.clientMessageId}
      data-state={state}
      aria-busy={state === "sending" || undefined}
      aria-label={t("message.by", { name: row.userName, time: formats.full(row.createdAt) })}
      // Moving, not only entering: when a dialog over it closes, the pointer is there already.
      onPointerMove={(event) => event.pointerType === "mouse" && setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocus(true)}
      // A dialog gives it back.
      onBlur={({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) =>
        setFocus(currentTarget.contains(relatedTarget) || Boolean(relatedTarget?.closest("dialog")))
      }
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => event.target === event.currentTarget && onKeyDown(event)}
      className={classes(
        "group relative flex gap-3 px-5 outline-offset-[-2px] hover:bg-n2 dark:hover:bg-n3/50 narrow:px-4",
        row.isGrouped ? "py-0.5 compact:py-0" : "pt-2 pb-0.5 compact:pt-1",
        isTarget && "animate-target",
        message && callsMe(message, meId) && "border-l-2 border-accent bg-accent-tint/50 pl-[18px] narrow:pl-3.5",
      )}
    >
      {row.isGrouped ? <GroupedTime row={row} /> : <PersonAvatar row={row} />}
      <div className="min-w-0 flex-1">
        {row.isGrouped ? <span className="sr-only">{row.userName}</span> : <Byline row={row} />}
        {isEditing && message ? (
          <EditForm message={message} onDone={() => onEdit(null)} />
        ) : (
          <div className={classes("transition-opacity duration-150", state === "sending" && "opacity-60")}>
            <MessageBody row={row} isReply={isReply} isArchived={isArchived} />
          </div>
        )}
        {row.pending?.failure && <FailedNotice entry={row.pending} sentence={row.pending.failure.sentence} />}
        {state === "sending" && <span className="sr-only">{t("message.sending")}</span>}
      </div>
      {hasActions && (
        <RowActions
          message={message}
          isReply={isReply}
          isArchived={isArchived}
          onEdit={edit}
          opened={opened}
          onOpen={setOpened}
        />
      )}
    </article>
  );
});

const callsMe = ({ mentions, mentionsChannel, isDeleted, userId }: Message, meId: string): boolean =>
  !isDeleted && userId !== meId && (mentionsChannel || mentions.includes(meId));

function GroupedTime({ row }: { row: Row }) {
  const formats = useFormats();
  return (
    <time
      dateTime={row.createdAt}
      title={formats.full(row.createdAt)}
      className="w-9 shrink-0 pt-0.5 text-right text-xs leading-[18px] whitespace-nowrap text-n10 tabular-nums opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
    >
      {formats.shortTime(row.createdAt)}
    </time>
  );
}

function PersonAvatar({ row }: { row: Row }) {
  return (
    <AppLink
      href={withPanel({ kind: "profile", userId: row.userId })}
      tabIndex={-1}
      aria-hidden
      className="mt-0.5 shrink-0 self-start"
    >
      <Avatar id={row.userId} name={row.userName} url={row.avatarUrl} size={36} />
    </AppLink>
  );
}

function Byline({ row }: { row: Row }) {
  const t = useText();
  const formats = useFormats();
  return (
    <p className="flex items-baseline gap-2">
      {row.message?.user.isBot ? (
        <>
          <span className="truncate text-message font-semibold">{row.userName}</span>
          <span className="rounded-[4px] bg-n4 px-1 text-xs text-n11">{t("message.bot")}</span>
        </>
      ) : (
        <AppLink
          href={withPanel({ kind: "profile", userId: row.userId })}
          className="truncate text-message font-semibold hover:underline"
        >
          {row.userName}
        </AppLink>
      )}
      <time
        dateTime={row.createdAt}
        title={formats.full(row.createdAt)}
        className="shrink-0 text-xs text-n10 tabular-nums"
      >
        {formats.time(row.createdAt)}
      </time>
    </p>
  );
}
