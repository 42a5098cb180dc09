"use client";

import { createContext, useContext, useMemo } from "react";
import type { ReactNode } from "react";
import type { Messages } from "./catalog";
import { speak } from "./spoken";
import type { Language } from "./language";
import { translator } from "./translate";
import type { Translate } from "./translate";

interface Text {
  messages: Messages;
  translate: Translate;
}

const TextContext = createContext<Text | null>(null);

interface TextProviderProps {
  language: Language;
  messages: Messages;
  children: ReactNode;
}

/** Gives what stands below it its sentences, and those of a provider above it. */
export function TextProvider({ language, messages, children }: TextProviderProps) {
  const above = useContext(TextContext);
  const text = useMemo(() => {
    const all = { ...above?.messages, ...messages };
    const translate = translator(language, all);
    speak(translate);
    return { messages: all, translate };
  }, [above, language, messages]);
  return <TextContext value={text}>{children}</TextContext>;
}

export function useText(): Translate {
  const text = useContext(TextContext);
  if (!text) throw new Error("useText needs a TextProvider above it.");
  return text.translate;
}
