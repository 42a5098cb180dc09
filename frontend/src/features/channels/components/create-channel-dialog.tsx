"use client";

import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { withChannel } from "@/lib/chat/channels";
import { useChatStore } from "@/lib/chat/chat-context";
import { navigate } from "@/lib/navigation/navigate";
import { channelPath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { ChannelNameField } from "./channel-name-field";

interface Problem {
  name?: string;
  sentence?: string;
}

export function CreateChannelDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const store = useChatStore();
  const [name, setName] = useState("");
  const [isPrivate, setPrivate] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>({});

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const description = String(new FormData(event.currentTarget).get("description")).trim();
    setBusy(true);
    try {
      const body = { name, type: isPrivate ? ("private" as const) : ("public" as const), description };
      const { channel } = await api.post("/chat/channels", { body });
      store.update((state) => withChannel(state, channel));
      onClose();
      navigate(channelPath(channel.id));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={t("create.title")} description={t("create.description")} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-col">
        <div className="space-y-5 overflow-y-auto px-6 py-1">
          {problem.sentence && <Notice tone="danger">{problem.sentence}</Notice>}
          <ChannelNameField name={name} onName={setName} error={problem.name} hint={t("create.nameHint")} />
          <TextField
            label={t("channel.description")}
            name="description"
            autoComplete="off"
            maxLength={500}
            hint={t("create.descriptionHint")}
          />
          <Switch
            label={t("create.private")}
            hint={t(isPrivate ? "create.privateMeans" : "create.publicMeans")}
            isOn={isPrivate}
            onChange={setPrivate}
          />
        </div>
        <footer className="flex justify-end gap-2 px-6 pt-6 pb-5">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={isBusy} disabled={name.length < 2}>
            {t("create.action")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) return { sentence: sentenceOf(error) };
  const detail = error.details.find(({ path }) => path === "body.name");
  if (error.code === "conflict" || detail) return { name: detail?.message ?? error.message };
  return { sentence: error.message };
}
