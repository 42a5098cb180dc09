import type { KeyboardEvent } from "react";

/** Arrows, Home and End move the focus among the buttons of a grid; above the first row is the search. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const grid = event.currentTarget;
  const all = [...grid.querySelectorAll<HTMLElement>("button")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const columns = getComputedStyle(grid).gridTemplateColumns.split(" ").length;
  const targets: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: all.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  if (event.key === "ArrowUp" && target < 0)
    grid.closest("[data-picker]")?.querySelector<HTMLElement>("input")?.focus();
  else all[Math.min(Math.max(target, 0), all.length - 1)]?.focus();
}
