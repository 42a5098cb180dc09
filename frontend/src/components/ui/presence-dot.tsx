"use client";

import type { UserStatus } from "@connectbest/contract";
import { useText } from "@/lib/text/text-context";
import { classes } from "./classes";

export type Presence = UserStatus | undefined;

/** Filled for online, hollow for away, red for whoever will not be disturbed; and words for those who see none of it. */
export function PresenceDot({ presence, className }: { presence: Presence; className?: string }) {
  const t = useText();
  if (!presence || presence === "offline") return null;
  return (
    <span className={classes("block size-2.5 rounded-full border-2", className, dot[presence])}>
      <span className="sr-only">{t(`presence.${presence}`)}</span>
    </span>
  );
}

const busy = "border-n2 bg-danger";
const dot = { online: "border-n2 bg-online", away: "border-n9 bg-n2", busy, inmeeting: busy };
