import { classes } from "./classes";
import type { ReactNode } from "react";

interface NoticeProps {
  tone: "danger" | "neutral";
  children: ReactNode;
}

/** What happened, in a sentence, above the thing it happened to. Drawn without the icon set: the sign-in pages use it. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      tabIndex={tone === "danger" ? -1 : undefined}
      className={classes(
        "flex gap-2.5 rounded-sm border px-3 py-2.5 text-sm outline-none",
        tone === "danger" ? "border-danger-line bg-danger-tint text-danger" : "border-n6 bg-n3 text-n11",
      )}
    >
      <svg
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden
        className="mt-0.5 size-4 shrink-0"
      >
        <circle cx="8" cy="8" r="6.5" />
        <path d={tone === "danger" ? "M8 5v3.5M8 10.8v.2" : "M8 5v.2M8 7.5V11"} strokeLinecap="round" />
      </svg>
      <p className="min-w-0">{children}</p>
    </div>
  );
}
