"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { isShown } from "@/features/messages/api/rows";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChatStore } from "@/lib/chat/chat-context";
import { roomOf } from "@/lib/chat/selectors";
import type { Spot } from "@/lib/chat/spot";
import { useEngine } from "@/lib/live/engine-context";
import { navigate } from "@/lib/navigation/navigate";
import { channelPath, messageAddress } from "@/lib/navigation/place";
import { useAddressParameter, useAskedAgain } from "@/lib/navigation/use-address";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";

/**
 * Loads what the address asks to see of a channel: the latest messages, a message, or a day. Answers the message to show.
 * The address of a reply leads on into its thread, that of what is not there to the latest.
 */
export function useTarget(spot: Spot, messageId: string | null): string | null {
  const t = useText();
  const store = useChatStore();
  const { pager } = useEngine();
  const day = useAddressParameter("date");
  const asked = useAskedAgain();
  const [first, setFirst] = useState<{ day: string; id: string } | null>(null);

  const isThere = useEffectEvent((id: string) =>
    roomOf(store.get(), spot)?.messages.some((one) => one.id === id && isShown(one)),
  );
  const isDayThere = useEffectEvent((from: string) => first?.day === from && isThere(first.id));
  useEffect(() => {
    let isCurrent = true;
    async function show(id: string) {
      if (!isThere(id)) await pager.around(spot, id);
      if (!isCurrent || isThere(id)) return;
      const { message } = await api.get("/chat/messages/:id", { params: { id } });
      if (!isCurrent) return;
      if (message.parentMessageId) navigate(messageAddress(message), { replace: true });
      else if (!isShown(message)) await showLatest(t("message.wasDeleted"));
    }
    async function showDay(from: string) {
      const moment = new Date(`${from}T00:00:00`);
      if (Number.isNaN(moment.getTime())) return pager.open(spot);
      if (isDayThere(from)) return;
      await pager.at(spot, moment);
      const messages = roomOf(store.get(), spot)?.messages ?? [];
      const id = messages.find(({ createdAt }) => Date.parse(createdAt) >= moment.getTime())?.id;
      if (isCurrent && id) setFirst({ day: from, id });
    }
    async function showLatest(reason: string) {
      notices.say(reason, { tone: "danger" });
      await pager.newest(spot);
      if (isCurrent) navigate(channelPath(spot.channelId), { replace: true });
    }
    function complain(error: unknown) {
      if (isCurrent && error instanceof ApiError && error.status === 404) void showLatest(sentenceOf(error));
    }
    if (messageId) void show(messageId).catch(complain);
    else if (day) void showDay(day);
    else pager.open(spot);
    return () => {
      isCurrent = false;
    };
  }, [store, pager, spot, messageId, day, asked, t]);

  return messageId ?? (day !== null && first?.day === day ? first.id : null);
}
