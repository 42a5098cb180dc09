"use client";

import type { Forwarded } from "@connectbest/contract";
import { AppLink } from "@/components/ui/app-link";
import { useChat } from "@/lib/chat/chat-context";
import { useFormats } from "@/lib/format/formats-context";
import { messageAddress } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { MessageText } from "./message-text";

const nobody: readonly string[] = [];

/** What was sent on, as it was then; with the way there for who may read it there. */
export function ForwardedMessage({ forwarded }: { forwarded: Forwarded }) {
  const t = useText();
  const formats = useFormats();
  const channel = useChat((state) => state.channels?.[forwarded.channelId]?.channel);
  const { messageId, channelId, userName, content, createdAt } = forwarded;
  return (
    <blockquote className="mt-1 mb-1 max-w-[72ch] border-l-[3px] border-n7 pl-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-frame text-n10">
        <span className="font-semibold text-n12">{userName}</span>
        {channel?.name && <span>#{channel.name}</span>}
        <time dateTime={createdAt}>{formats.dateAndTime(createdAt)}</time>
        {channel && (
          <AppLink
            href={messageAddress({ id: messageId, channelId, parentMessageId: null })}
            className="text-accent-text hover:underline"
          >
            {t("message.show")}
          </AppLink>
        )}
      </p>
      {content !== "" && <MessageText content={content} mentions={nobody} mentionsChannel={false} />}
    </blockquote>
  );
}
