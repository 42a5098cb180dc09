import { useLayoutEffect } from "react";
import type { RefObject } from "react";

/**
 * The focus may be in something while it stands here; when that goes, the focus goes back to where it was before. Buttons of a
 * message come and go with its focus: then to the message.
 */
export function useFocusGivenBack(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    const before = document.activeElement === document.body ? null : document.activeElement;
    const places = [before, before?.closest("article"), element?.closest("article")];
    return () => {
      if (!element?.contains(document.activeElement)) return;
      const place = places.find((one) => one?.isConnected);
      if (place instanceof HTMLElement) place.focus({ preventScroll: true });
    };
  }, [ref]);
}
