"use client";

import type { Message } from "@connectbest/contract";
import { useState } from "react";
import { MessageCard } from "@/components/message/message-card";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { withMessageIn } from "@/lib/chat/channels";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { useSubmit } from "@/lib/forms/use-submit";
import { newClientMessageId } from "@/lib/live/message-key";
import { messageAddress } from "@/lib/navigation/place";
import { navigate } from "@/lib/navigation/navigate";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";

/** Sends a message on to another conversation of mine. */
export function ForwardDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const t = useText();
  const store = useChatStore();
  const channels = useChat((state) => state.channels);
  const meId = useChat((state) => state.me.id);
  // One key for all attempts: sent twice it is sent once.
  const [clientMessageId] = useState(() => newClientMessageId());
  const options = Object.values(channels ?? {})
    .map(({ channel }) => channel)
    .filter(({ archivedAt }) => archivedAt === null)
    .map((channel) => [channel.id, `${channel.type === "dm" ? "" : "#"}${titleOf(channel, meId)}`] as const)
    .sort(([, a], [, b]) => a.localeCompare(b));

  const form = useSubmit(async (field) => {
    const body = { channelId: field("channelId"), content: field("content").trim(), clientMessageId };
    const answer = await api.post("/chat/messages/:id/forward", { params: { id: message.id }, body });
    store.update((state) => withMessageIn(state, answer.message));
    onClose();
    notices.say(t("forward.done"), {
      action: { label: t("message.show"), act: () => navigate(messageAddress(answer.message)) },
    });
  });

  return (
    <Dialog title={t("forward.title")} onClose={onClose}>
      <form onSubmit={form.submit} className="flex min-h-0 flex-col">
        <div className="space-y-4 overflow-y-auto px-6 pb-1">
          {form.sentence && <Notice tone="danger">{form.sentence}</Notice>}
          <SelectField label={t("forward.to")} name="channelId" required options={options} />
          <TextField label={t("forward.word")} name="content" autoComplete="off" error={form.fields["content"]} />
          <MessageCard message={message} />
        </div>
        <footer className="flex justify-end gap-2 px-6 pt-4 pb-5">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={form.isBusy}>
            {t("message.forward")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
