"use client";

import { CircleAlert, Paperclip, RotateCw, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import type { Spot } from "@/lib/chat/spot";
import type { Upload } from "@/lib/chat/state";
import { bytesOf } from "@/lib/format/bytes";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";

/** The files that go with the message: how far they have come, what became of them, and how to be rid of them. */
export function UploadCards({ spot, uploads }: { spot: Spot; uploads: readonly Upload[] }) {
  const t = useText();
  return (
    <ul aria-label={t("files.title")} className="flex flex-wrap gap-2 px-3 pt-1 pb-2">
      {uploads.map((upload) => (
        <UploadCard key={upload.id} spot={spot} upload={upload} />
      ))}
    </ul>
  );
}

function UploadCard({ spot, upload }: { spot: Spot; upload: Upload }) {
  const t = useText();
  const { uploads } = useEngine();
  const { id, name, size, previewUrl, progress, failure, sent } = upload;
  return (
    <li
      aria-label={name}
      className="flex w-[260px] max-w-full items-center gap-2.5 rounded-sm border border-n5 bg-n1 p-1.5 data-failed:border-danger-line"
      data-failed={failure ? "" : undefined}
    >
      <span className="flex size-9 shrink-0 items-center justify-center overflow-hidden rounded-[4px] bg-n3 text-n10">
        {previewUrl ? (
          // eslint-disable-next-line @next/next/no-img-element -- a file of this page that no server has seen yet
          <img src={previewUrl} alt="" width={36} height={36} className="size-9 object-cover" />
        ) : (
          <Paperclip size={16} strokeWidth={1.5} aria-hidden />
        )}
      </span>
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-frame font-medium">
          {name}
        </span>
        {failure ? (
          <span role="alert" title={failure} className="flex items-center gap-1 truncate text-xs text-danger">
            <CircleAlert size={12} strokeWidth={1.5} aria-hidden className="shrink-0" />
            {failure}
          </span>
        ) : sent ? (
          <span className="block text-xs text-n10 tabular-nums">{bytesOf(size, t.language)}</span>
        ) : (
          <progress
            aria-label={t("files.progress", { name })}
            value={progress}
            max={1}
            className="upload-progress mt-1 block h-1 w-full"
          />
        )}
      </span>
      {failure && <IconButton label={t("ui.retry")} icon={RotateCw} onClick={() => uploads.retry(spot, id)} />}
      <IconButton
        label={sent || failure ? t("files.remove", { name }) : t("files.cancel", { name })}
        icon={X}
        onClick={() => uploads.remove(spot, id)}
      />
    </li>
  );
}
