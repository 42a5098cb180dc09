import { classes } from "./classes";

/** Holds the place of something that is on its way. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={classes("block animate-pulse rounded-sm bg-n4", className)} />;
}
