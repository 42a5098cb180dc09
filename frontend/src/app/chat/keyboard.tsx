"use client";

import { useEffect, useEffectEvent } from "react";
import { useChatStore } from "@/lib/chat/chat-context";
import { unreadOf } from "@/lib/chat/selectors";
import { sidebarOf } from "@/lib/chat/sidebar";
import type { ChannelState } from "@/lib/chat/state";
import { useEngine } from "@/lib/live/engine-context";
import { conversationPath } from "@/lib/navigation/conversation-path";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { navigate } from "@/lib/navigation/navigate";
import { viewPath } from "@/lib/navigation/place";
import { shortcutOf } from "@/lib/keyboard/shortcuts";
import type { ShortcutName } from "@/lib/keyboard/shortcuts";
import { useOpenChannelId } from "./use-open-channel";

/** The keys that work anywhere in the chat (lib/keyboard/shortcuts lists them). */
export function Keyboard() {
  const store = useChatStore();
  const engine = useEngine();
  const { open } = useDialogs();
  const currentId = useOpenChannelId();

  function go(step: number, isWanted: (item: ChannelState) => boolean) {
    const { channels, sections, me } = store.get();
    const list = sidebarOf(channels, sections);
    const all = [
      ...list.favourites,
      ...list.sections.flatMap(({ items }) => items),
      ...list.channels,
      ...list.conversations,
    ];
    const at = all.findIndex(({ channel }) => channel.id === currentId);
    for (let i = 1; i <= all.length; i++) {
      const item = all[(at + step * i + all.length * 2) % all.length];
      if (item && item.channel.id !== currentId && isWanted(item))
        return navigate(conversationPath(item.channel, me.id));
    }
  }

  const deeds: Record<ShortcutName, () => void> = {
    switcher: () => open({ name: "switcher" }),
    shortcuts: () => open({ name: "shortcuts" }),
    search: () => navigate(viewPath("search")),
    newMessage: () => open({ name: "people" }),
    browse: () => open({ name: "browse" }),
    previous: () => go(-1, () => true),
    next: () => go(1, () => true),
    previousUnread: () => go(-1, (item) => unreadOf(item) > 0),
    nextUnread: () => go(1, (item) => unreadOf(item) > 0),
    activity: () => navigate(viewPath("activity")),
    threads: () => navigate(viewPath("threads")),
  };

  const listen = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const name = shortcutOf(event);
    if (name) {
      event.preventDefault();
      deeds[name]();
    } else if (event.key === "Escape" && !document.querySelector(":popover-open") && currentId)
      engine.reader.clearDivider();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => listen(event);
    // After everything on the page has had its turn.
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}
