"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Event } from "@connectbest/contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { Toaster } from "@/components/ui/toaster";
import { onDemand } from "@/components/ui/on-demand";
import { ConnectionBanner } from "@/features/connection/components/connection-banner";
import { useAlerts } from "@/features/alerts/hooks/use-alerts";
import { useChatStore } from "@/lib/chat/chat-context";
import type { ChatStore } from "@/lib/chat/store";
import { LiveEngine } from "@/lib/live/engine";
import { EngineProvider } from "@/lib/live/engine-context";
import { usePanel, usePlace } from "@/lib/navigation/use-address";
import { FormatsProvider } from "@/lib/format/formats-context";
import { notices } from "@/lib/notices/notices";
import { startServiceWorker } from "@/lib/offline/service-worker";
import { SnapshotKeeper } from "@/lib/offline/snapshot-keeper";
import { defaultPreferences, usePreferences } from "@/lib/preferences/preferences-context";
import { chooseTheme, themeChoice } from "@/lib/theme/theme";
import { QueryProvider } from "@/lib/query/query-provider";
import { useText } from "@/lib/text/text-context";
import { ChannelConversation } from "./channel-conversation";
import { ConversationSkeleton } from "./conversation-skeleton";
import { DirectConversation } from "./direct-conversation";
import { Home } from "./home";
import { Keyboard } from "./keyboard";
import { queriesTouchedBy } from "./touched-queries";
import { useOpenChannelId } from "./use-open-channel";
import { warmUp } from "./warm-up";

const ChatView = onDemand(() => import("./view").then((part) => part.ChatView), ConversationSkeleton);

/** Everything that needs the live engine: what is on screen beside the sidebar. */
export function LivePart() {
  const { preferences } = usePreferences();
  return (
    <FormatsProvider timeFormat={preferences.timeFormat}>
      <QueryProvider>
        <Live />
      </QueryProvider>
    </FormatsProvider>
  );
}

function Live() {
  const t = useText();
  const store = useChatStore();
  const client = useQueryClient();
  const [listeners] = useState(() => new Set<(event: Event) => void>());
  const [engine] = useState(
    () =>
      new LiveEngine(store, {
        complain: (sentence, retry) =>
          notices.say(sentence, { tone: "danger", action: { label: t("ui.retry"), act: retry } }),
        returned: () => void client.invalidateQueries(),
        heard: (event) => {
          for (const queryKey of queriesTouchedBy(event)) void client.invalidateQueries({ queryKey });
          for (const listener of listeners) listener(event);
        },
      }),
  );
  const listen = useCallback(
    (listener: (event: Event) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    [listeners],
  );
  const place = usePlace();
  const panel = usePanel();
  const channelId = useOpenChannelId();
  useEngineOnThisDevice(engine, store);
  useAlerts(listen, { channelId, rootId: panel?.kind === "thread" ? panel.rootId : null });
  useEffect(() => warmUp(), []);
  useKeptTheme();

  return (
    <EngineProvider value={engine}>
      <Keyboard />
      <div className="relative flex min-h-0 flex-1 flex-col">
        {place.kind === "home" && <Home />}
        {place.kind === "view" && <ChatView view={place.view} />}
        {place.kind === "channel" && <ChannelConversation key={place.channelId} channelId={place.channelId} />}
        {place.kind === "dm" && <DirectConversation key={place.userId} userId={place.userId} />}
        <div className="pointer-events-none absolute inset-x-0 top-14">
          <ConnectionBanner />
        </div>
      </div>
      <Toaster />
    </EngineProvider>
  );
}

/** What was chosen on another device holds here from the next visit on. */
function useKeptTheme(): void {
  const { preferences } = usePreferences();
  const kept = useRef(preferences);
  useEffect(() => {
    const { theme } = kept.current;
    if (kept.current !== defaultPreferences && theme !== themeChoice()) chooseTheme(theme);
  }, []);
}

/** What was read here before stands beneath what the engine then brings; both end with the page. */
function useEngineOnThisDevice(engine: LiveEngine, store: ChatStore): void {
  useEffect(() => {
    const keeper = new SnapshotKeeper(store);
    let isGone = false;
    void keeper.restore().then(() => {
      if (isGone) return;
      engine.start();
      keeper.start();
    });
    const stopServiceWorker = startServiceWorker();
    return () => {
      isGone = true;
      stopServiceWorker();
      keeper.stop();
      engine.stop();
    };
  }, [engine, store]);
}
