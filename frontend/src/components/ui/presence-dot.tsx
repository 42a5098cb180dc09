import { classes } from "./classes";

export type Presence = "online" | "away" | "offline" | undefined;

/** Filled for online, hollow for away: shape and colour, and words for those who see neither. */
export function PresenceDot({ presence, className }: { presence: Presence; className?: string }) {
  if (presence !== "online" && presence !== "away") return null;
  return (
    <span className={classes("block size-2.5 rounded-full border-2", className, dot[presence])}>
      <span className="sr-only">{presence === "online" ? "online" : "away"}</span>
    </span>
  );
}

const dot = { online: "border-n2 bg-online", away: "border-n9 bg-n2" };
