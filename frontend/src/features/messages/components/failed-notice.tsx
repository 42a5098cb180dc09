"use client";

import { CircleAlert } from "lucide-react";
import type { OutboxEntry } from "@/lib/chat/state";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";

interface FailedNoticeProps {
  entry: OutboxEntry;
  sentence: string;
}

export function FailedNotice({ entry, sentence }: FailedNoticeProps) {
  const t = useText();
  const { outbox } = useEngine();
  const action = "rounded-sm font-medium underline-offset-2 hover:underline";
  return (
    <p role="alert" className="mt-0.5 mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-frame text-danger">
      <span className="flex items-center gap-1.5">
        <CircleAlert size={16} strokeWidth={1.5} aria-hidden className="shrink-0" />
        {t("message.notSent")} {sentence}
      </span>
      <button type="button" className={action} onClick={() => outbox.retry(entry.clientMessageId)}>
        {t("ui.retry")}
      </button>
      <button type="button" className={action} onClick={() => outbox.discard(entry.clientMessageId)}>
        {t("message.delete")}
      </button>
    </p>
  );
}
