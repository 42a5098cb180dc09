import { autoUpdate, computePosition, flip, offset, shift } from "@floating-ui/dom";
import type { Placement } from "./popover";

/** Keeps one element beside another, on the screen, while either moves. Answers how to stop. */
export function placeBeside(reference: HTMLElement, floating: HTMLElement, placement: Placement): () => void {
  const place = async () => {
    const middleware = [offset(6), flip({ padding: 8 }), shift({ padding: 8 })];
    const { x, y } = await computePosition(reference, floating, { strategy: "fixed", placement, middleware });
    floating.style.left = `${x}px`;
    floating.style.top = `${y}px`;
    floating.dataset["placed"] = "";
  };
  return autoUpdate(reference, floating, () => void place());
}
