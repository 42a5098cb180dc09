"use client";

import type { Message } from "@connectbest/contract";
import { useText } from "@/lib/text/text-context";
import { useFormats } from "@/lib/format/formats-context";

/** What happened to the channel, in the reader's own language. */
export function SystemNote({ message }: { message: Message }) {
  const t = useText();
  const formats = useFormats();
  const { system, user, content, createdAt, id } = message;
  const values = {
    by: user.name,
    to: system?.userName ?? t("note.somebody"),
    before: system?.before ?? "",
    after: system?.after ?? "",
  };
  const kind = system?.kind === "described" && !system.after ? "undescribed" : system?.kind;
  return (
    <p data-message-id={id} className="flex items-baseline gap-2 px-5 py-1 pl-17 text-sm text-n10 narrow:px-4">
      <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
        {kind ? t(`note.${kind}`, values) : content}
      </span>
      <time dateTime={createdAt} className="shrink-0 text-xs tabular-nums">
        {formats.time(createdAt)}
      </time>
    </p>
  );
}
