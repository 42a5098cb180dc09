"use client";

import { X } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ReactNode } from "react";
import { useText } from "@/lib/text/text-context";
import { IconButton } from "./icon-button";
import { useFocusGivenBack } from "./use-focus-given-back";

interface SidePanelProps {
  title: string;
  /** Beside the title, quietly. */
  note?: ReactNode;
  actions?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** Stands beside a conversation; over it where the window is small. Esc closes it. */
export function SidePanel({ title, note, actions, onClose, children }: SidePanelProps) {
  const t = useText();
  const panel = useRef<HTMLElement>(null);
  useCloseOnEscape(onClose);
  useFocusGivenBack(panel);
  return (
    <aside
      ref={panel}
      aria-label={title}
      className="absolute inset-y-0 right-0 z-30 flex w-[380px] max-w-full animate-rise flex-col border-l border-n5 bg-n1 narrow:w-full narrow:border-l-0 roomy:static roomy:z-0 roomy:max-[1280px]:w-[340px] ultrawide:w-[460px]"
    >
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-n5 pr-3 pl-5">
        <h2 className="shrink-0 text-heading font-semibold tracking-[-0.01em]">{title}</h2>
        <span className="min-w-0 flex-1 truncate text-frame text-n10 tabular-nums">{note}</span>
        {actions}
        <IconButton label={t("ui.closePanel")} icon={X} onClick={onClose} className="size-8" />
      </header>
      {children}
    </aside>
  );
}

function useCloseOnEscape(onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isAbove = document.querySelector("dialog[open], :popover-open");
      if (event.key !== "Escape" || event.defaultPrevented || isAbove) return;
      event.preventDefault();
      close();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
