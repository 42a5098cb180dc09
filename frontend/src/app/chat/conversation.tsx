"use client";

import type { Channel } from "@connectbest/contract";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { ChannelHeader } from "@/features/channels/components/channel-header";
import { ChannelMenu } from "@/features/channels/components/channel-menu";
import { Composer } from "@/features/messages/components/composer";
import { Timeline } from "@/features/messages/components/timeline";
import { TypingLine } from "@/features/messages/components/typing-line";
import { useChat } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { useEngine } from "@/lib/live/engine-context";
import { navigate } from "@/lib/navigation/navigate";
import { useAddressParameter } from "@/lib/navigation/use-address";
import { rememberChannel } from "./last-channel";

const Panel = dynamic(() => import("./panel").then((part) => part.Panel), { ssr: false });

/** A channel that I am in: header, messages, composer, and the panel that the address names. */
export function Conversation({ channel }: { channel: Channel }) {
  const engine = useEngine();
  const me = useChat((state) => state.me);
  const isPanelOpen = useAddressParameter("panel") === "members";
  const targetId = useAddressParameter("message");
  const title = titleOf(channel, me.id);

  useEffect(() => {
    rememberChannel(me.id, channel.id);
    engine.reader.open(channel.id);
    return () => engine.reader.open(null);
  }, [engine, me.id, channel.id]);

  useEffect(() => {
    if (targetId) void engine.pager.around(channel.id, targetId);
    else engine.pager.open(channel.id);
  }, [engine, channel.id, targetId]);

  const showPanel = (isOpen: boolean) => navigate(`${location.pathname}${isOpen ? "?panel=members" : ""}`);

  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label={title} className="flex min-w-0 flex-1 flex-col">
        <ChannelHeader
          channel={channel}
          isPanelOpen={isPanelOpen}
          onTogglePanel={() => showPanel(!isPanelOpen)}
          menu={channel.type === "dm" ? null : <ChannelMenu channel={channel} />}
        />
        <Timeline channel={channel} targetId={targetId} />
        <Composer channelId={channel.id} label={`Message ${channel.type === "dm" ? "" : "#"}${title}`} />
        <div className="shrink-0 pb-[env(safe-area-inset-bottom)]">
          <TypingLine channelId={channel.id} />
        </div>
      </section>
      {isPanelOpen && <Panel channel={channel} onClose={() => showPanel(false)} />}
    </div>
  );
}
