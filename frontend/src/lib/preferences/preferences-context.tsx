"use client";

import type { Preferences } from "@connectbest/contract";
import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";

interface MyPreferences {
  readonly preferences: Preferences;
  /** Holds at once, here, and is kept for every device; what cannot be kept is said and undone. */
  choose(change: Partial<Preferences>): void;
}

const PreferencesContext = createContext<MyPreferences | null>(null);

export const defaultPreferences: Preferences = {
  notifications: "all",
  soundEnabled: true,
  timezone: "UTC",
  theme: "system",
  language: "system",
  density: "comfortable",
  timeFormat: "system",
  enterKey: "send",
  skinTone: 0,
  tourDone: true,
};

/** Says itself why it failed. Its code comes with the first choice: every page has this provider. */
const keepChoice = async (change: Partial<Preferences>) => (await import("./keep-choice")).keepChoice(change);

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const held = useRef(initial);
  const choose = useCallback((change: Partial<Preferences>) => {
    const set = (next: Preferences) => setPreferences((held.current = next));
    const undo = Object.fromEntries(Object.keys(change).map((key) => [key, held.current[key as keyof Preferences]]));
    set({ ...held.current, ...change });
    void keepChoice(change).catch(() => set({ ...held.current, ...undo }));
  }, []);
  const value = useMemo(() => ({ preferences, choose }), [preferences, choose]);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): MyPreferences {
  const value = useContext(PreferencesContext);
  if (!value) throw new Error("usePreferences needs a PreferencesProvider above it.");
  return value;
}
