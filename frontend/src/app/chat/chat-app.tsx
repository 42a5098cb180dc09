"use client";

import type { Preferences } from "@connectbest/contract";
import { useEffect, useMemo, useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { UnreadSigns } from "@/features/alerts/components/unread-signs";
import { ChatProvider } from "@/lib/chat/chat-context";
import { emptyState } from "@/lib/chat/state";
import type { ChatState, Myself } from "@/lib/chat/state";
import { createChatStore } from "@/lib/chat/store";
import { DialogsProvider } from "@/lib/navigation/dialogs-context";
import type { DialogRequest } from "@/lib/navigation/dialogs-context";
import { navigate } from "@/lib/navigation/navigate";
import { homePath } from "@/lib/navigation/place";
import { usePlace } from "@/lib/navigation/use-address";
import { keptAddress } from "@/lib/offline/kept-address";
import { defaultPreferences, PreferencesProvider, usePreferences } from "@/lib/preferences/preferences-context";
import { TextProvider } from "@/lib/text/text-context";
import type { PageText } from "@/lib/text/server-text";
import { ConversationSkeleton } from "./conversation-skeleton";
import { Rail } from "./rail";
import { Sidebar } from "./sidebar";

/**
 * The page is readable before these arrive: the live part (messages, socket, outbox) is asked for as this file runs, the
 * dialogs when one is opened.
 */
const livePart = () => import("./live-part").then((part) => part.LivePart);
livePart().catch(() => undefined);
const LivePart = onDemand(livePart, ConversationSkeleton);
const Dialogs = onDemand(() => import("./dialogs").then((part) => part.Dialogs));

interface ChatAppProps {
  me: Myself;
  /** As kept for all devices; `null` when the server could not be asked. */
  preferences: Preferences | null;
  /** My channels as the server knew them while rendering; `null` when it could not ask. */
  channels: ChatState["channels"];
  /** The conversation that was asked for, as far as the server could bring it along. */
  rooms: ChatState["rooms"];
  /** Of my sidebar: it stands at once as I sorted it. */
  sections: ChatState["sections"];
  text: PageText;
}

export function ChatApp({ me, preferences, channels, rooms, sections, text }: ChatAppProps) {
  return (
    <TextProvider {...text}>
      <PreferencesProvider initial={preferences ?? defaultPreferences}>
        <Chat me={me} channels={channels} rooms={rooms} sections={sections} />
      </PreferencesProvider>
    </TextProvider>
  );
}

type ChatProps = Pick<ChatAppProps, "me" | "channels" | "rooms" | "sections">;

function Chat({ me, channels, rooms, sections }: ChatProps) {
  const [store] = useState(() => createChatStore({ ...emptyState(me), channels, rooms, sections }));
  const { preferences } = usePreferences();
  const [request, setRequest] = useState<DialogRequest | null>(null);
  const [isTouring, setTouring] = useState(!preferences.tourDone);
  const dialogs = useMemo(
    () => ({
      open: (next: DialogRequest) => {
        if (next.name !== "tour") return setRequest(next);
        setTouring(true);
        // On a narrow screen the sidebar, where it stands, is a page of its own.
        if (matchMedia("(width < 720px)").matches) navigate(homePath);
      },
    }),
    [],
  );
  const place = usePlace();
  useEffect(() => {
    // A moment later: Next listens to the history from an effect of its own, which comes after this one.
    const timer = setTimeout(() => {
      const path = keptAddress();
      if (path) navigate(path, { replace: true });
    });
    return () => clearTimeout(timer);
  }, []);

  return (
    <ChatProvider value={store}>
      <DialogsProvider value={dialogs}>
        <UnreadSigns place={place} />
        <div
          data-density={preferences.density}
          data-home={place.kind === "home" || undefined}
          // For the service worker, which keeps no page without channels.
          data-complete={channels !== null || undefined}
          className="flex h-dvh overflow-hidden bg-n1 narrow:flex-col"
        >
          <Rail place={place} />
          <Sidebar place={place} isTouring={isTouring} onTourEnd={() => setTouring(false)} />
          <main
            className={
              place.kind === "home"
                ? "flex min-w-0 flex-1 flex-col narrow:hidden"
                : "flex min-h-0 min-w-0 flex-1 flex-col"
            }
          >
            <LivePart />
          </main>
        </div>
        {request && <Dialogs request={request} onOpen={dialogs.open} onClose={() => setRequest(null)} />}
      </DialogsProvider>
    </ChatProvider>
  );
}
