"use client";

import type { Message } from "@connectbest/contract";
import { Bookmark, BookmarkCheck, Ellipsis, MessageSquareReply, SmilePlus } from "lucide-react";
import { useRef, useState } from "react";
import type { Dispatch, SetStateAction } from "react";
import { quickEmoji } from "@/components/emoji/recent-emoji";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";
import { openThread } from "../api/open-thread";

const ReactionPicker = onDemand(() => import("./reaction-picker").then((part) => part.ReactionPicker));
const ReactionsDialog = onDemand(() => import("./reactions-dialog").then((part) => part.ReactionsDialog));
const MessageMenu = onDemand(() => import("./message-menu").then((part) => part.MessageMenu));

/** `who`: who reacted with what. */
export type Opened = "reactions" | "menu" | "who" | null;

interface RowActionsProps {
  message: Message;
  /** It stands in a thread: there are no threads in threads. */
  isReply: boolean;
  /** Nothing more can be said here. */
  isArchived: boolean;
  onEdit(): void;
  /** While something of it is open it stays, wherever the pointer is. */
  opened: Opened;
  onOpen: Dispatch<SetStateAction<Opened>>;
}

/** What can be done with a message, at its top right while it is pointed at or has the focus. */
export function RowActions({ message, isReply, isArchived, onEdit, opened, onOpen }: RowActionsProps) {
  const t = useText();
  const { actions } = useEngine();
  const meId = useChat((state) => state.me.id);
  const isSaved = useChat((state) => state.saved[message.id] ?? false);
  const [quick] = useState(() => quickEmoji(3));
  const picker = useRef<HTMLButtonElement>(null);
  const more = useRef<HTMLButtonElement>(null);

  // What was opened from it since stays open.
  const close = (one: Opened) => onOpen((now) => (now === one ? null : now));
  function react(emoji: string) {
    const isMine = message.reactions.some((known) => known.emoji === emoji && known.userIds.includes(meId));
    actions.react(message.id, emoji, !isMine);
  }

  return (
    <div
      role="toolbar"
      aria-label={t("message.actions")}
      className="absolute -top-3.5 right-4 z-10 flex rounded-sm border border-n6 bg-n1 p-0.5 shadow-float"
    >
      {!isArchived && (
        <>
          {quick.map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={t("reactions.with", { emoji })}
              title={t("reactions.with", { emoji })}
              onClick={() => react(emoji)}
              className="flex size-7 items-center justify-center rounded-sm text-base leading-none hover:bg-n4 narrow:hidden"
            >
              <span aria-hidden>{emoji}</span>
            </button>
          ))}
          <IconButton
            ref={picker}
            label={t("reactions.add")}
            icon={SmilePlus}
            aria-haspopup="dialog"
            aria-expanded={opened === "reactions"}
            onClick={() => onOpen("reactions")}
          />
        </>
      )}
      {!isReply && !message.isDeleted && (
        <IconButton label={t("thread.reply")} icon={MessageSquareReply} onClick={() => openThread(message)} />
      )}
      <IconButton
        label={isSaved ? t("message.unsave") : t("message.save")}
        icon={isSaved ? BookmarkCheck : Bookmark}
        aria-pressed={isSaved}
        onClick={() => actions.save(message.id, !isSaved)}
      />
      <IconButton
        ref={more}
        label={t("message.more")}
        icon={Ellipsis}
        aria-haspopup="menu"
        aria-expanded={opened === "menu"}
        onClick={() => onOpen("menu")}
      />
      {opened === "reactions" && (
        <ReactionPicker anchor={picker} message={message} onClose={() => close("reactions")} />
      )}
      {opened === "menu" && (
        <MessageMenu
          anchor={more}
          message={message}
          isReply={isReply}
          isArchived={isArchived}
          onEdit={onEdit}
          onWho={() => onOpen("who")}
          onClose={() => close("menu")}
        />
      )}
      {opened === "who" && <ReactionsDialog message={message} onClose={() => close("who")} />}
    </div>
  );
}
