"use client";

import type { Preferences } from "@connectbest/contract";
import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { useText } from "@/lib/text/text-context";
import { createFormats } from "./formats";
import type { Formats } from "./formats";

const FormatsContext = createContext<Formats | null>(null);

/** The reader's region, where their browser tells one of the language that is spoken: British dates are not American ones. */
const localeOf = (language: string): string =>
  navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;

const neverChanges = () => () => undefined;

interface FormatsProviderProps {
  timeFormat: Preferences["timeFormat"];
  children: ReactNode;
}

export function FormatsProvider({ timeFormat, children }: FormatsProviderProps) {
  const { language } = useText();
  // The server knows neither region nor zone: what it rendered is the same here at first, and the reader's a moment later.
  const isHere = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const formats = useMemo(
    () => (isHere ? createFormats(localeOf(language), timeFormat) : createFormats(language, timeFormat, "UTC")),
    [language, timeFormat, isHere],
  );
  return <FormatsContext value={formats}>{children}</FormatsContext>;
}

export function useFormats(): Formats {
  const formats = useContext(FormatsContext);
  if (!formats) throw new Error("useFormats needs a FormatsProvider above it.");
  return formats;
}
