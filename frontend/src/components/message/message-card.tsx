"use client";

import type { Message } from "@connectbest/contract";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { useChat } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { useFormats } from "@/lib/format/formats-context";
import { messageAddress } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { Attachments } from "./attachments";
import { MessageText } from "./message-text";

interface MessageCardProps {
  message: Message;
  /** Where it stands is said above it. */
  hasPlace?: boolean;
  /** In place of what it says: what was found of it. */
  text?: ReactNode;
  actions?: ReactNode;
}

/** A message outside of its conversation, with the way there. */
export function MessageCard({ message, hasPlace = true, text, actions }: MessageCardProps) {
  const t = useText();
  const formats = useFormats();
  const place = useChat((state) => {
    const channel = state.channels?.[message.channelId]?.channel;
    return channel ? `${channel.type === "dm" ? "" : "#"}${titleOf(channel, state.me.id)}` : null;
  });
  const { user, createdAt } = message;
  return (
    <article className="group rounded-md border border-n5 bg-n1 p-3.5 hover:border-n7">
      {hasPlace && place && (
        <p className="mb-1.5 truncate text-xs font-medium text-n10">
          {place}
          {message.parentMessageId && ` · ${t("thread.title")}`}
        </p>
      )}
      <div className="flex gap-3">
        <Avatar id={user.id} name={user.name} url={user.avatarUrl} size={36} />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-2">
            <span dir="auto" className="shrink-0 max-w-[60%] truncate text-message font-semibold">
              {user.name}
            </span>
            <AppLink
              href={messageAddress(message)}
              aria-label={t("message.showFrom", { name: user.name, time: formats.dateAndTime(createdAt) })}
              className="min-w-0 truncate text-xs text-n10 tabular-nums hover:underline"
            >
              <time dateTime={createdAt}>{formats.dateAndTime(createdAt)}</time>
            </AppLink>
            <span className="-my-1 ml-auto flex shrink-0 items-center gap-1 self-center">
              {actions}
              <AppLink
                href={messageAddress(message)}
                className="rounded-sm px-2 py-1 text-frame font-medium text-accent-text opacity-0 group-hover:opacity-100 hover:bg-n3 focus-visible:opacity-100 [@media(hover:none)]:opacity-100"
              >
                {t("message.show")}
              </AppLink>
            </span>
          </p>
          {message.isDeleted ? (
            <em className="text-n10">{t("message.wasDeleted")}</em>
          ) : (
            (text ?? (
              <MessageText
                content={message.content}
                mentions={message.mentions}
                mentionsChannel={message.mentionsChannel}
              />
            ))
          )}
          {message.attachments.length > 0 && <Attachments files={message.attachments} />}
        </div>
      </div>
    </article>
  );
}
