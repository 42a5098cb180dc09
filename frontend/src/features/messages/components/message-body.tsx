"use client";

import { Pin } from "lucide-react";
import { Attachments } from "@/components/message/attachments";
import { ForwardedMessage } from "@/components/message/forwarded-message";
import { LinkPreviews } from "@/components/message/link-previews";
import { MessageText } from "@/components/message/message-text";
import { useFormats } from "@/lib/format/formats-context";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { useText } from "@/lib/text/text-context";
import type { Row } from "../api/rows";
import { Reactions } from "./reactions";
import { ThreadLine } from "./thread-line";

const nobody: readonly string[] = [];

interface MessageBodyProps {
  row: Row;
  isReply: boolean;
  isArchived: boolean;
}

/** Everything of a message below its author. */
export function MessageBody({ row, isReply, isArchived }: MessageBodyProps) {
  const t = useText();
  const formats = useFormats();
  const { open } = useDialogs();
  const { message, content, attachments } = row;
  if (message?.isDeleted)
    return (
      <>
        <em className="text-message text-n10">{t("message.wasDeleted")}</em>
        {!isReply && message.replyCount > 0 && <ThreadLine message={message} />}
      </>
    );
  return (
    <>
      {message?.isPinned && (
        <p className="flex items-center gap-1 text-xs text-n10">
          <Pin size={12} strokeWidth={1.5} aria-hidden />
          {t("message.pinned")}
        </p>
      )}
      {content !== "" && (
        <MessageText
          content={content}
          mentions={message?.mentions ?? nobody}
          mentionsChannel={message?.mentionsChannel ?? false}
        />
      )}
      {message?.isEdited && (
        <button
          type="button"
          title={message.editedAt ? formats.full(message.editedAt) : undefined}
          onClick={() => open({ name: "history", message })}
          className="rounded-sm text-xs text-n10 hover:underline"
        >
          {t("message.edited")}
        </button>
      )}
      {message?.forwarded && <ForwardedMessage forwarded={message.forwarded} />}
      {attachments.length > 0 && <Attachments files={attachments} />}
      {message && message.previews.length > 0 && <LinkPreviews previews={message.previews} />}
      {message && message.reactions.length > 0 && <Reactions message={message} isArchived={isArchived} />}
      {message && !isReply && message.replyCount > 0 && <ThreadLine message={message} />}
    </>
  );
}
