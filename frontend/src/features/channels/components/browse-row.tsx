"use client";

import type { Channel } from "@connectbest/contract";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { sentenceOf } from "@/lib/api/api-error";
import { useChat } from "@/lib/chat/chat-context";
import { navigate } from "@/lib/navigation/navigate";
import { channelPath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { useJoin } from "../hooks/use-join";
import { ChannelIcon } from "./channel-icon";

interface BrowseRowProps {
  channel: Channel;
  onOpened(): void;
}

export function BrowseRow({ channel, onOpened }: BrowseRowProps) {
  const t = useText();
  const isMine = useChat((state) => state.channels?.[channel.id] !== undefined);
  const join = useJoin();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function open() {
    setBusy(true);
    try {
      if (!isMine) await join(channel.id);
      onOpened();
      navigate(channelPath(channel.id));
    } catch (thrown) {
      setError(sentenceOf(thrown));
      setBusy(false);
    }
  }

  return (
    <li className="flex items-center gap-4 rounded-sm px-3 py-2.5 hover:bg-n3">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5 text-message font-medium">
          <span className="text-n10">
            <ChannelIcon type={channel.type} />
          </span>
          <span className="truncate">{channel.name}</span>
        </p>
        <p className="truncate text-frame text-n10">
          {t("channel.members", { count: channel.memberCount })}
          {channel.description && ` · ${channel.description}`}
        </p>
        {error && (
          <p role="alert" className="text-frame text-danger">
            {error}
          </p>
        )}
      </div>
      <Button
        size="sm"
        tone={isMine ? "quiet" : "neutral"}
        className="min-w-16"
        isBusy={isBusy}
        aria-label={t(isMine ? "channel.openNamed" : "channel.join", { name: channel.name ?? "" })}
        onClick={() => void open()}
      >
        {t(isMine ? "channel.openIt" : "channel.joinIt")}
      </Button>
    </li>
  );
}
