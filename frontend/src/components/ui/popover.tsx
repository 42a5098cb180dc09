"use client";

import { useEffectEvent, useLayoutEffect, useRef } from "react";
import type { ReactNode, RefObject } from "react";
import { classes } from "./classes";

export type Placement =
  "top-start" | "top-end" | "bottom-start" | "bottom-end" | "right-end" | "right-start" | "left-start";

interface PopoverProps {
  /** What it belongs to: it stands beside it, and the focus goes back to it. */
  anchor: RefObject<HTMLElement | null>;
  placement: Placement;
  onClose(): void;
  /** `presentation`: what is in it has a role and a name of its own. */
  role?: "dialog" | "listbox" | "presentation";
  label: string;
  className?: string;
  children: ReactNode;
}

/**
 * Floats beside its anchor, in the browser's top layer: nothing cuts it off or covers it. A click elsewhere or Esc closes it
 * (the browser's `popover`). Rendered while it is open.
 */
export function Popover({ anchor, placement, onClose, role = "dialog", label, className, children }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null);
  const close = useEffectEvent(onClose);

  // Of the layout: shown before what is in it asks for the focus, and closed before a dialog that opens instead of it looks
  // where the focus was, to give it back there.
  useLayoutEffect(() => {
    const floating = ref.current;
    const reference = anchor.current;
    if (!floating || !reference) return;
    let stopFollowing: (() => void) | undefined;
    let isGone = false;
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === "closed" && !isGone) close();
    };
    floating.addEventListener("toggle", onToggle);
    floating.showPopover();
    void import("./place-beside").then(({ placeBeside }) => {
      if (!isGone) stopFollowing = placeBeside(reference, floating, placement);
    });
    return () => {
      isGone = true;
      floating.removeEventListener("toggle", onToggle);
      stopFollowing?.();
      const hadFocus = floating.contains(document.activeElement);
      if (floating.matches(":popover-open")) floating.hidePopover();
      if (hadFocus || document.activeElement === document.body) reference.focus({ preventScroll: true });
    };
  }, [anchor, placement]);

  return (
    <div
      ref={ref}
      popover="auto"
      role={role}
      aria-label={role === "presentation" ? undefined : label}
      onKeyDown={(event) => {
        // Before the browser: in a search field the first Esc would only empty it.
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      className={classes(
        "fixed inset-auto m-0 overflow-visible rounded-md border border-n6 bg-n1 p-0 text-n12 shadow-float outline-none data-placed:animate-rise",
        // Not seen before it has its place, nor to be hit: it would move away from under the click, which then closes it.
        "pointer-events-none opacity-0 data-placed:pointer-events-auto data-placed:opacity-100",
        className,
      )}
    >
      {children}
    </div>
  );
}
