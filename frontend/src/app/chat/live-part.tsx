"use client";

import { useEffect, useState } from "react";
import { ConnectionBanner } from "@/features/connection/components/connection-banner";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { LiveEngine } from "@/lib/live/engine";
import { EngineProvider } from "@/lib/live/engine-context";
import { usePlace } from "@/lib/navigation/use-address";
import { totalUnread } from "@/lib/chat/selectors";
import { ChannelConversation } from "./channel-conversation";
import type { DialogName } from "./dialogs";
import { DirectConversation } from "./direct-conversation";
import { Home } from "./home";

/** Everything that needs the live engine: the conversation on screen. */
export function LivePart({ onOpen }: { onOpen(dialog: DialogName): void }) {
  const store = useChatStore();
  const [engine] = useState(() => new LiveEngine(store));
  const place = usePlace();
  useEffect(() => {
    engine.start();
    return () => engine.stop();
  }, [engine]);

  return (
    <EngineProvider value={engine}>
      <UnreadInTitle />
      <div className="relative flex min-h-0 flex-1 flex-col">
        {place.kind === "home" && <Home onOpen={onOpen} />}
        {place.kind === "channel" && (
          <ChannelConversation key={place.channelId} channelId={place.channelId} onOpen={onOpen} />
        )}
        {place.kind === "dm" && <DirectConversation key={place.userId} userId={place.userId} />}
        <div className="pointer-events-none absolute inset-x-0 top-14">
          <ConnectionBanner />
        </div>
      </div>
    </EngineProvider>
  );
}

/** How much waits, where a hidden tab can show it. */
function UnreadInTitle() {
  const unread = useChat((state) => totalUnread(state.channels));
  return <title>{unread > 0 ? `(${unread}) ConnectBest Chat` : "ConnectBest Chat"}</title>;
}
