import { X } from "lucide-react";
import { useId, useLayoutEffect, useRef } from "react";
import type { MouseEvent, ReactNode } from "react";
import { useText } from "@/lib/text/text-context";
import { IconButton } from "./icon-button";

interface DialogProps {
  title: string;
  description?: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog on the browser's own: it traps the focus, gives it back, and closes by Esc or a click outside. */
export function Dialog({ title, description, onClose, children }: DialogProps) {
  const t = useText();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  // Closed while it still is on the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The browser would choose the first control, which is the one that closes.
    dialog?.querySelector<HTMLElement>("input, textarea, select")?.focus();
    return () => dialog?.close();
  }, []);

  function closeFromBackdrop(event: MouseEvent) {
    if (event.target === ref.current) onClose();
  }

  return (
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // Before the browser: in a search field the first Esc would only empty it.
        if (event.key !== "Escape" || event.defaultPrevented || event.currentTarget.querySelector(":popover-open"))
          return;
        event.preventDefault();
        onClose();
      }}
      onMouseDown={closeFromBackdrop}
      className="max-h-[min(680px,calc(100dvh-32px))] w-[min(520px,calc(100vw-32px))] animate-enter overflow-hidden rounded-md border border-n6 bg-n1 text-n12 shadow-float outline-none narrow:mb-0 narrow:w-full narrow:max-w-full narrow:rounded-b-none"
    >
      <div className="flex max-h-[inherit] flex-col">
        <header className="flex items-start gap-4 px-6 pt-5 pb-4">
          <div className="min-w-0 flex-1">
            <h2 id={`${id}-title`} className="text-title font-semibold tracking-[-0.01em]">
              {title}
            </h2>
            {description && (
              <p id={`${id}-description`} className="mt-1 text-sm text-n10">
                {description}
              </p>
            )}
          </div>
          <IconButton label={t("ui.close")} icon={X} onClick={onClose} className="-mt-0.5 -mr-2" />
        </header>
        {children}
      </div>
    </dialog>
  );
}
