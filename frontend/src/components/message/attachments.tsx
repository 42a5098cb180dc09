"use client";

import type { File } from "@connectbest/contract";
import { useState } from "react";
import { classes } from "@/components/ui/classes";
import { onDemand } from "@/components/ui/on-demand";
import { useText } from "@/lib/text/text-context";
import { FileCard } from "./file-card";

const Lightbox = onDemand(() => import("./lightbox").then((part) => part.Lightbox));

const isPicture = ({ type, thumbnailUrl, width, height }: File): boolean =>
  type.startsWith("image/") && thumbnailUrl !== null && width !== null && height !== null;

/** What a message carries: pictures side by side, sound and film where they stand, the rest as cards to save. */
export function Attachments({ files }: { files: readonly File[] }) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <div className="mt-1 mb-1 space-y-1.5">
      {pictures.length > 0 && <Pictures files={pictures} />}
      {others.map((file) => (
        <OtherFile key={file.id} file={file} />
      ))}
    </div>
  );
}

function OtherFile({ file }: { file: File }) {
  if (file.type.startsWith("video/"))
    return (
      <video
        controls
        preload="metadata"
        src={file.url}
        aria-label={file.name}
        width={shownSize(file)?.width}
        height={shownSize(file)?.height}
        className="max-w-full rounded-sm border border-n5 bg-black"
      />
    );
  if (file.type.startsWith("audio/"))
    return (
      <figure className="max-w-[420px]">
        <figcaption className="mb-1 truncate text-frame text-n11">{file.name}</figcaption>
        <audio controls preload="metadata" src={file.url} aria-label={file.name} className="w-full" />
      </figure>
    );
  return <FileCard file={file} />;
}

function Pictures({ files }: { files: readonly File[] }) {
  const t = useText();
  const [openAt, setOpenAt] = useState<number | null>(null);
  return (
    <div className="flex flex-wrap gap-1.5">
      {files.map((file, index) => {
        const size = shownSize(file, files.length > 1 ? small : large);
        return (
          <button
            key={file.id}
            type="button"
            aria-label={t("files.openPicture", { name: file.name })}
            onClick={() => setOpenAt(index)}
            className="block max-w-full overflow-hidden rounded-sm border border-n5 bg-n3"
          >
            {/* eslint-disable-next-line @next/next/no-img-element -- scaled by the API already, behind its own permission */}
            <img
              src={file.thumbnailUrl ?? file.url}
              alt={file.name}
              loading="lazy"
              decoding="async"
              width={size?.width}
              height={size?.height}
              className={classes("h-auto max-w-full object-cover")}
            />
          </button>
        );
      })}
      {openAt !== null && <Lightbox files={files} startAt={openAt} onClose={() => setOpenAt(null)} />}
    </div>
  );
}

const large = { width: 400, height: 320 };
const small = { width: 200, height: 180 };

/** How large it stands in the conversation, in pixels: known before it loads, so that nothing moves when it comes. */
function shownSize({ width, height }: File, most = large): { width: number; height: number } | undefined {
  if (!width || !height) return undefined;
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(24, Math.round(width * scale)), height: Math.max(24, Math.round(height * scale)) };
}
