"use client";

import { createContext, useContext } from "react";
import type { LiveEngine } from "./engine";

const EngineContext = createContext<LiveEngine | null>(null);

export const EngineProvider = EngineContext.Provider;

export function useEngine(): LiveEngine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error("useEngine needs an EngineProvider above it.");
  return engine;
}
