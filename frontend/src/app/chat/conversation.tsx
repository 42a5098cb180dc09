"use client";

import type { Channel } from "@connectbest/contract";
import { useEffect, useMemo, useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { ChannelHeader } from "@/features/channels/components/channel-header";
import { ChannelMenu } from "@/features/channels/components/channel-menu";
import { Composer } from "@/features/messages/composer/composer";
import { ChannelIntro } from "@/features/messages/components/channel-intro";
import { MessageList } from "@/features/messages/components/message-list";
import { TypingLine } from "@/features/messages/components/typing-line";
import { useLastOwn } from "@/features/messages/hooks/use-last-own";
import { useChat } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { channelSpot } from "@/lib/chat/spot";
import { useEngine } from "@/lib/live/engine-context";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";
import { rememberChannel } from "@/lib/navigation/recent";
import { useAddressParameter, usePanel } from "@/lib/navigation/use-address";
import { useText } from "@/lib/text/text-context";
import { ArchivedNotice } from "./archived-notice";
import { useTarget } from "./use-target";

const PanelView = onDemand(() => import("./panel").then((part) => part.PanelView));

/** A channel that I am in: header, messages, composer, and the panel that the address names. */
export function Conversation({ channel }: { channel: Channel }) {
  const t = useText();
  const engine = useEngine();
  const me = useChat((state) => state.me);
  const panel = usePanel();
  const spot = useMemo(() => channelSpot(channel.id), [channel.id]);
  const messageId = useAddressParameter("message");
  const isOfThread = panel?.kind === "thread";
  const targetId = useTarget(spot, isOfThread ? null : messageId);
  const [editingId, setEditingId] = useState<string | null>(null);
  const lastOwn = useLastOwn(spot);
  const title = titleOf(channel, me.id);
  const isArchived = channel.archivedAt !== null;

  useEffect(() => {
    rememberChannel(me.id, channel.id);
    engine.reader.open(channel.id);
    return () => engine.reader.open(null);
  }, [engine, me.id, channel.id]);

  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label={title} className="flex min-w-0 flex-1 flex-col">
        <ChannelHeader channel={channel} panel={panel} menu={<ChannelMenu channel={channel} />} />
        <MessageList
          spot={spot}
          title={title}
          label={t("message.list")}
          beginning={<ChannelIntro channel={channel} />}
          targetId={targetId}
          isArchived={isArchived}
          editingId={editingId}
          onEdit={setEditingId}
        />
        {isArchived ? (
          <ArchivedNotice channel={channel} />
        ) : (
          <Composer
            spot={spot}
            label={t("composer.label", { name: `${channel.type === "dm" ? "" : "#"}${title}` })}
            onEditLast={() => setEditingId(lastOwn())}
          />
        )}
        <div className="shrink-0 pb-[env(safe-area-inset-bottom)]">
          <TypingLine spot={spot} />
        </div>
      </section>
      {panel && (
        <PanelView
          key={panel.kind === "thread" ? panel.rootId : panel.kind}
          panel={panel}
          channel={channel}
          targetId={isOfThread ? messageId : null}
          onClose={() => navigate(withPanel(null))}
        />
      )}
    </div>
  );
}
