import { useEffect, useRef } from "react";
import type { RefObject } from "react";

/** Brings the keyboard to what is wrong: the first field with an error, else the sentence above the form. */
export function useFocusOnError(problem: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [problem]);
  return form;
}
