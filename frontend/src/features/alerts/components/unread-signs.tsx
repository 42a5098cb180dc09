"use client";

import { useEffect } from "react";
import { useChat } from "@/lib/chat/chat-context";
import { conversationWith, titleOf, totalUnread } from "@/lib/chat/selectors";
import type { ChatState } from "@/lib/chat/state";
import { useText } from "@/lib/text/text-context";
import type { Place } from "@/lib/navigation/place";

/** Where one is and how much waits, where a tab in the background can show it: in its title and its icon. */
export function UnreadSigns({ place }: { place: Place }) {
  const t = useText();
  const unread = useChat((state) => totalUnread(state.channels));
  const name = useChat(({ channels, me }) => {
    const channel = channelAt(place, channels, me.id);
    return channel ? `${channel.type === "dm" ? "" : "#"}${titleOf(channel, me.id)}` : null;
  });
  const here = place.kind === "view" ? t(`view.${place.view}`) : name;
  useIcon(unread > 0);
  useBadge(unread);
  return <title>{`${unread > 0 ? `(${unread}) ` : ""}${here ? `${here} · ` : ""}ConnectBest Chat`}</title>;
}

function useIcon(isUnread: boolean): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link) link.href = isUnread ? "/icon-unread.svg" : "/icon.svg";
  }, [isUnread]);
}

/** On the icon of the installed app. */
function useBadge(unread: number): void {
  useEffect(() => {
    if (!("setAppBadge" in navigator)) return;
    void (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => undefined);
  }, [unread]);
}

function channelAt(place: Place, channels: ChatState["channels"], meId: string) {
  if (place.kind === "channel") return channels?.[place.channelId]?.channel;
  return place.kind === "dm" ? conversationWith(channels, place.userId, meId)?.channel : undefined;
}
