import { useEffect } from "react";
import type { RefObject } from "react";

/**
 * Tab comes to one message of a list, and to what is in it. The others, with their links and buttons, are left out while the
 * browser looks for its next stop: one would have to pass them all to get to the field below.
 */
export function useOneStop(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const leaveOut = (event: KeyboardEvent) => {
      if (event.key !== "Tab") return;
      const others = [...(list.current?.querySelectorAll<HTMLElement>("article[tabindex='-1']") ?? [])].filter(
        (article) => !article.contains(document.activeElement),
      );
      for (const article of others) article.inert = true;
      setTimeout(() => {
        for (const article of others) article.inert = false;
      });
    };
    window.addEventListener("keydown", leaveOut, { capture: true });
    return () => window.removeEventListener("keydown", leaveOut, { capture: true });
  }, [list]);
}
