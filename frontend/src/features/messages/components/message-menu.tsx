"use client";

import type { Message } from "@connectbest/contract";
import {
  BellOff,
  BellPlus,
  Clock,
  Copy,
  Forward,
  History,
  Link,
  MailOpen,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  SmilePlus,
  Trash2,
} from "lucide-react";
import type { RefObject } from "react";
import { MenuItem, MenuItems, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { sentenceOf } from "@/lib/api/api-error";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { undoTime } from "@/lib/live/message-actions";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { permalinkOf } from "@/lib/navigation/place";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";
import { focusNeighbour } from "../api/focus-neighbour";
import { openThread } from "../api/open-thread";
import { useThreadFollowing } from "../hooks/use-thread-following";

interface MessageMenuProps {
  anchor: RefObject<HTMLElement | null>;
  message: Message;
  isReply: boolean;
  isArchived: boolean;
  onEdit(): void;
  onWho(): void;
  onClose(): void;
}

/** Everything else that can be done with a message. */
export function MessageMenu({ anchor, message, isReply, isArchived, onEdit, onWho, onClose }: MessageMenuProps) {
  const t = useText();
  const { actions, reader } = useEngine();
  const { open } = useDialogs();
  const me = useChat((state) => state.me);
  const isChannelAdmin = useChat((state) => state.channels?.[message.channelId]?.standing.membership.role === "admin");
  const following = useThreadFollowing(message);
  const isMine = message.userId === me.id;
  const { isDeleted, id } = message;

  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => notices.say(t("message.copied")),
      () => notices.say(t("message.copyFailed"), { tone: "danger" }),
    );

  const complain = (error: unknown) => void notices.say(sentenceOf(error), { tone: "danger" });

  function remove() {
    const row = anchor.current?.closest("article");
    // By keyboard, which goes on where the message was.
    if (row && document.activeElement?.matches(":focus-visible") && !focusNeighbour(row, 1)) focusNeighbour(row, -1);
    actions.delete(id);
    notices.say(t("message.deleted"), {
      lasts: undoTime,
      action: { label: t("ui.undo"), act: () => actions.undoDelete(id) },
    });
  }

  return (
    <Popover anchor={anchor} placement="bottom-end" role="presentation" label={t("message.more")} onClose={onClose}>
      <MenuItems label={t("message.more")} onDone={onClose}>
        {isMine && !isDeleted && !isArchived && (
          <MenuItem icon={Pencil} shortcut="E" onSelect={onEdit}>
            {t("message.edit")}
          </MenuItem>
        )}
        {!isReply && (
          <MenuItem icon={MessageSquareReply} shortcut="R" onSelect={() => openThread(message)}>
            {t("thread.open")}
          </MenuItem>
        )}
        {!isDeleted && (
          <MenuItem icon={Forward} onSelect={() => open({ name: "forward", message })}>
            {t("message.forward")}
          </MenuItem>
        )}
        <MenuItem icon={MailOpen} shortcut="U" onSelect={() => void reader.markUnread(message).catch(complain)}>
          {t("message.markUnread")}
        </MenuItem>
        <MenuItem icon={Clock} onSelect={() => open({ name: "remind", message })}>
          {t("message.remind")}
        </MenuItem>
        {!isReply && (
          <MenuItem icon={following.isFollowing ? BellOff : BellPlus} onSelect={following.toggle}>
            {following.isFollowing ? t("thread.unfollow") : t("thread.follow")}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={Link} onSelect={() => copy(permalinkOf(message))}>
          {t("message.copyLink")}
        </MenuItem>
        {!isDeleted && message.content !== "" && (
          <MenuItem icon={Copy} onSelect={() => copy(message.content)}>
            {t("message.copyText")}
          </MenuItem>
        )}
        {!isDeleted && !isReply && !isArchived && (
          <MenuItem
            icon={message.isPinned ? PinOff : Pin}
            shortcut="P"
            onSelect={() => actions.pin(id, !message.isPinned)}
          >
            {message.isPinned ? t("message.unpin") : t("message.pin")}
          </MenuItem>
        )}
        {message.reactions.length > 0 && (
          <MenuItem icon={SmilePlus} onSelect={onWho}>
            {t("reactions.whoReacted")}
          </MenuItem>
        )}
        {message.isEdited && !isDeleted && (
          <MenuItem icon={History} onSelect={() => open({ name: "history", message })}>
            {t("message.history")}
          </MenuItem>
        )}
        {(isMine || isChannelAdmin) && !isDeleted && !isArchived && (
          <>
            <MenuSeparator />
            <MenuItem icon={Trash2} tone="danger" onSelect={remove}>
              {t("message.delete")}
            </MenuItem>
          </>
        )}
      </MenuItems>
    </Popover>
  );
}
