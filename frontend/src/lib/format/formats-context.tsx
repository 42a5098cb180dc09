"use client";

import type { Preferences } from "@connectbest/contract";
import { createContext, useContext, useMemo } from "react";
import type { ReactNode } from "react";
import { useText } from "@/lib/text/text-context";
import { createFormats } from "./formats";
import type { Formats } from "./formats";

const FormatsContext = createContext<Formats | null>(null);

/** The reader's region, where their browser tells one of the language that is spoken: British dates are not American ones. */
const localeOf = (language: string): string =>
  (typeof navigator === "undefined" ? [] : navigator.languages).find((tag) => tag.split("-")[0] === language) ??
  language;

interface FormatsProviderProps {
  timeFormat: Preferences["timeFormat"];
  children: ReactNode;
}

export function FormatsProvider({ timeFormat, children }: FormatsProviderProps) {
  const { language } = useText();
  const formats = useMemo(() => createFormats(localeOf(language), timeFormat), [language, timeFormat]);
  return <FormatsContext value={formats}>{children}</FormatsContext>;
}

export function useFormats(): Formats {
  const formats = useContext(FormatsContext);
  if (!formats) throw new Error("useFormats needs a FormatsProvider above it.");
  return formats;
}
