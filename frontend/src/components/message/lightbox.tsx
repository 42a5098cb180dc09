"use client";

import type { File } from "@connectbest/contract";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useText } from "@/lib/text/text-context";

interface LightboxProps {
  files: readonly File[];
  startAt: number;
  onClose(): void;
}

/** Pictures as large as the window: arrows go on, Esc closes. */
export function Lightbox({ files, startAt, onClose }: LightboxProps) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(startAt);
  const file = files[at];

  // As in `Dialog`: closed while it is on the page, it gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const go = (step: number) => setAt((at + step + files.length) % files.length);
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowRight") go(1);
    if (event.key === "ArrowLeft") go(-1);
    if (event.key !== "Escape") return;
    // Only this: it may stand over another dialog.
    event.preventDefault();
    event.stopPropagation();
    onClose();
  }

  if (!file) return null;
  const button = "size-10 bg-n1/80";
  return (
    <dialog
      ref={dialog}
      aria-label={file.name}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="h-dvh max-h-none w-screen max-w-none animate-enter bg-transparent p-0 outline-none"
    >
      <div className="pointer-events-none flex h-full flex-col text-n12">
        <header className="pointer-events-auto flex h-14 shrink-0 items-center gap-2 bg-n1 px-4">
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-medium">
            {file.name}
          </span>
          {files.length > 1 && (
            <span className="text-frame text-n10 tabular-nums">
              {t("files.position", { at: at + 1, count: files.length })}
            </span>
          )}
          <a
            href={file.url}
            download={file.name}
            aria-label={t("files.save", { name: file.name })}
            title={t("files.save", { name: file.name })}
            className="flex size-8 items-center justify-center rounded-sm text-n10 hover:bg-n4 hover:text-n12"
          >
            <Download size={16} strokeWidth={1.5} aria-hidden />
          </a>
          <IconButton label={t("ui.close")} icon={X} size={20} onClick={onClose} />
        </header>
        <div className="relative flex min-h-0 flex-1 items-center justify-center p-4">
          {/* eslint-disable-next-line @next/next/no-img-element -- the file itself, behind its own permission */}
          <img
            key={file.id}
            src={file.url}
            alt={file.name}
            className="pointer-events-auto max-h-full max-w-full rounded-sm object-contain"
          />
          {files.length > 1 && (
            <div className="pointer-events-auto absolute inset-x-4 top-1/2 flex -translate-y-1/2 justify-between">
              <IconButton
                label={t("files.previous")}
                icon={ChevronLeft}
                size={20}
                onClick={() => go(-1)}
                className={button}
              />
              <IconButton
                label={t("files.next")}
                icon={ChevronRight}
                size={20}
                onClick={() => go(1)}
                className={button}
              />
            </div>
          )}
        </div>
      </div>
    </dialog>
  );
}
