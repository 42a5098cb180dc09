"use client";

import type { Channel } from "@connectbest/contract";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { ChatProvider } from "@/lib/chat/chat-context";
import { withChannelList } from "@/lib/chat/channels";
import { createChatStore } from "@/lib/chat/store";
import { emptyState } from "@/lib/chat/state";
import { usePlace } from "@/lib/navigation/use-address";
import { chooseTheme, themeChoice } from "@/lib/theme/theme";
import type { ThemeChoice } from "@/lib/theme/theme";
import { ConversationSkeleton } from "./conversation-skeleton";
import type { DialogName } from "./dialogs";
import { Rail } from "./rail";
import { Sidebar } from "./sidebar";

/**
 * The page is readable before these arrive: the live part (messages, socket, outbox) is asked for as this file runs, the
 * dialogs when one is opened.
 */
const livePart = import("./live-part");
const LivePart = dynamic(() => livePart.then((part) => part.LivePart), {
  ssr: false,
  loading: () => <ConversationSkeleton />,
});
const Dialogs = dynamic(() => import("./dialogs").then((part) => part.Dialogs), { ssr: false });

interface ChatAppProps {
  me: { id: string; name: string; avatarUrl: string | null };
  /** As chosen on whatever device; `null` when the server could not be asked. */
  theme: ThemeChoice | null;
  /** My channels as the server knew them while rendering; `null` when it could not ask. */
  channels: readonly Channel[] | null;
}

export function ChatApp({ me, theme, channels }: ChatAppProps) {
  const [store] = useState(() => {
    const empty = emptyState(me);
    return createChatStore(channels ? withChannelList(empty, channels) : empty);
  });
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const isHome = usePlace().kind === "home";
  useEffect(() => {
    if (theme && theme !== themeChoice()) chooseTheme(theme);
  }, [theme]);
  useShortcut("k", () => setDialog("switcher"));

  return (
    <ChatProvider value={store}>
      <div className="flex h-dvh overflow-hidden bg-n1 narrow:flex-col" data-home={isHome || undefined}>
        <Rail isHome={isHome} onFind={() => setDialog("switcher")} />
        <Sidebar isHome={isHome} onOpen={setDialog} />
        <main
          className={isHome ? "flex min-w-0 flex-1 flex-col narrow:hidden" : "flex min-h-0 min-w-0 flex-1 flex-col"}
        >
          <LivePart onOpen={setDialog} />
        </main>
      </div>
      {dialog && <Dialogs name={dialog} onOpen={setDialog} onClose={() => setDialog(null)} />}
    </ChatProvider>
  );
}

/** Ctrl or Cmd with a letter, anywhere in the page. */
function useShortcut(letter: string, act: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== letter || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}
