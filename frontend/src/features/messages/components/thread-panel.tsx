"use client";

import type { Channel } from "@connectbest/contract";
import { Bell, BellOff } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { SidePanel } from "@/components/ui/side-panel";
import { useChat } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";
import { Composer } from "../composer/composer";
import { useLastOwn } from "../hooks/use-last-own";
import { useThreadFollowing } from "../hooks/use-thread-following";
import { MessageList } from "./message-list";
import { RootMessage } from "./root-message";
import { TypingLine } from "./typing-line";

interface ThreadPanelProps {
  channel: Channel;
  rootId: string;
  targetId: string | null;
  onClose(): void;
}

/** A message and everything that was replied to it. Mounted anew for each thread. */
export function ThreadPanel({ channel, rootId, targetId, onClose }: ThreadPanelProps) {
  const t = useText();
  const engine = useEngine();
  const meId = useChat((state) => state.me.id);
  const spot = useMemo(() => ({ channelId: channel.id, parentMessageId: rootId }), [channel.id, rootId]);
  const following = useThreadFollowing({ id: rootId });
  const [editingId, setEditingId] = useState<string | null>(null);
  const lastOwn = useLastOwn(spot);
  const title = titleOf(channel, meId);

  useEffect(() => {
    engine.threadReader.open(spot);
    return () => engine.threadReader.open(null);
  }, [engine, spot]);
  useEffect(() => {
    if (targetId && targetId !== rootId) void engine.pager.around(spot, targetId);
    else engine.pager.open(spot);
  }, [engine, spot, rootId, targetId]);

  return (
    <SidePanel
      title={t("thread.title")}
      note={channel.type === "dm" ? title : `#${title}`}
      onClose={onClose}
      actions={
        <IconButton
          label={following.isFollowing ? t("thread.unfollow") : t("thread.follow")}
          icon={following.isFollowing ? Bell : BellOff}
          aria-pressed={following.isFollowing}
          onClick={following.toggle}
          className="size-8"
        />
      }
    >
      <MessageList
        spot={spot}
        title={t("thread.title")}
        label={t("thread.messages")}
        beginning={<RootMessage rootId={rootId} isArchived={channel.archivedAt !== null} />}
        targetId={targetId}
        isArchived={channel.archivedAt !== null}
        editingId={editingId}
        onEdit={setEditingId}
      />
      {channel.archivedAt === null && (
        <Composer spot={spot} label={t("thread.replyLabel")} onEditLast={() => setEditingId(lastOwn())} />
      )}
      <TypingLine spot={spot} />
    </SidePanel>
  );
}
