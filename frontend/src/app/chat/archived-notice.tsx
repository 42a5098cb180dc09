"use client";

import type { Channel } from "@connectbest/contract";
import { Archive } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { withChannel } from "@/lib/chat/channels";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";

/** In the composer's place where nothing more can be said. */
export function ArchivedNotice({ channel }: { channel: Channel }) {
  const t = useText();
  const store = useChatStore();
  const mayRestore = useChat((state) => {
    const role = state.channels?.[channel.id]?.standing.membership.role;
    return role === "admin" || (state.me.isAdmin && channel.type === "public");
  });
  const [isBusy, setBusy] = useState(false);

  async function restore() {
    setBusy(true);
    try {
      const answer = await api.post("/chat/channels/:id/restore", { params: { id: channel.id } });
      store.update((state) => withChannel(state, answer.channel));
    } catch (error) {
      notices.say(sentenceOf(error), { tone: "danger" });
      setBusy(false);
    }
  }

  return (
    <div className="mx-5 flex shrink-0 flex-wrap items-center gap-3 rounded-md border border-n5 bg-n2 px-4 py-3 text-sm text-n11 narrow:mx-3">
      <Archive size={16} strokeWidth={1.5} aria-hidden />
      <p className="min-w-0 flex-1">{t("channel.archived")}</p>
      {mayRestore && (
        <Button size="sm" isBusy={isBusy} onClick={() => void restore()}>
          {t("channel.restore")}
        </Button>
      )}
    </div>
  );
}
