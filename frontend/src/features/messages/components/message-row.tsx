"use client";

import { classes } from "@/components/ui/classes";
import { memo } from "react";
import { Avatar } from "@/components/ui/avatar";
import { fullTimeOf, shortTimeOf, timeOf } from "@/lib/format/dates";
import type { Row } from "../api/rows";
import { FailedNotice } from "./failed-notice";
import { MessageText } from "./message-text";

const stateOf = ({ pending }: Row) => {
  if (!pending) return "sent";
  return pending.failure ? "failed" : "sending";
};

/** One message. Own and others' look alike. */
export const MessageRow = memo(function MessageRow({ row, isTarget }: { row: Row; isTarget: boolean }) {
  const state = stateOf(row);
  if (row.message?.type === "system")
    return (
      <p data-message-id={row.message.id} className="px-5 py-1 pl-17 text-sm text-n10 narrow:px-4">
        {row.content}
      </p>
    );
  return (
    <article
      data-message-id={row.message?.id ?? row.pending?.clientMessageId}
      data-state={state}
      aria-busy={state === "sending" || undefined}
      className={classes(
        "group relative flex gap-3 px-5 hover:bg-n2 dark:hover:bg-n3/50 narrow:px-4",
        row.isGrouped ? "py-0.5" : "pt-2 pb-0.5",
        isTarget && "bg-accent-tint",
      )}
    >
      {row.isGrouped ? (
        <time
          dateTime={row.createdAt}
          title={fullTimeOf(row.createdAt)}
          className="w-9 shrink-0 pt-0.5 text-right text-xs leading-[18px] text-n10 tabular-nums whitespace-nowrap opacity-0 group-hover:opacity-100"
        >
          {shortTimeOf(row.createdAt)}
        </time>
      ) : (
        <span className="mt-0.5">
          <Avatar id={row.userId} name={row.userName} url={row.avatarUrl} size={36} />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <p className={row.isGrouped ? "sr-only" : "flex items-baseline gap-2"}>
          <span className="truncate text-message font-semibold">{row.userName}</span>
          {!row.isGrouped && (
            <time
              dateTime={row.createdAt}
              title={fullTimeOf(row.createdAt)}
              className="shrink-0 text-xs text-n10 tabular-nums"
            >
              {timeOf(row.createdAt)}
            </time>
          )}
        </p>
        <div className={classes("transition-opacity duration-150", state === "sending" && "opacity-60")}>
          {row.message?.isDeleted ? (
            <em className="text-n10">This message was deleted.</em>
          ) : (
            <MessageText content={row.content} />
          )}
          {row.message?.isEdited && <span className="text-xs text-n10"> (edited)</span>}
        </div>
        {row.pending?.failure && <FailedNotice entry={row.pending} sentence={row.pending.failure.sentence} />}
        {state === "sending" && <span className="sr-only">Sending</span>}
      </div>
    </article>
  );
});
