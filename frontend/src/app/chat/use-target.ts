"use client";

import { useEffect, useState } from "react";
import { api } from "@/lib/api/client";
import { useChatStore } from "@/lib/chat/chat-context";
import { roomOf } from "@/lib/chat/selectors";
import type { Spot } from "@/lib/chat/spot";
import { useEngine } from "@/lib/live/engine-context";
import { navigate } from "@/lib/navigation/navigate";
import { messageAddress } from "@/lib/navigation/place";
import { useAddressParameter } from "@/lib/navigation/use-address";

/**
 * Loads what the address asks to see of a channel: the latest messages, a message, or a day. Answers the message to show.
 * The address of a reply leads on into its thread.
 */
export function useTarget(spot: Spot, messageId: string | null): string | null {
  const store = useChatStore();
  const { pager } = useEngine();
  const day = useAddressParameter("date");
  const [first, setFirst] = useState<{ day: string; id: string } | null>(null);

  useEffect(() => {
    let isCurrent = true;
    const isThere = (id: string) => roomOf(store.get(), spot)?.messages.some((message) => message.id === id);
    async function show(id: string) {
      if (!isThere(id)) await pager.around(spot, id);
      if (!isCurrent || isThere(id)) return;
      const { message } = await api.get("/chat/messages/:id", { params: { id } });
      if (isCurrent && message.parentMessageId) navigate(messageAddress(message), { replace: true });
    }
    async function showDay(from: string) {
      const moment = new Date(`${from}T00:00:00`);
      if (Number.isNaN(moment.getTime())) return pager.open(spot);
      await pager.at(spot, moment);
      const messages = roomOf(store.get(), spot)?.messages ?? [];
      const id = messages.find(({ createdAt }) => Date.parse(createdAt) >= moment.getTime())?.id;
      if (isCurrent && id) setFirst({ day: from, id });
    }
    if (messageId) void show(messageId).catch(() => undefined);
    else if (day) void showDay(day);
    else pager.open(spot);
    return () => {
      isCurrent = false;
    };
  }, [store, pager, spot, messageId, day]);

  return messageId ?? (day !== null && first?.day === day ? first.id : null);
}
