"use client";

import { useEffect, useEffectEvent, useState } from "react";

interface Loaded<Value> {
  value: Value | null;
  error: unknown;
  retry(): void;
}

/** Loads once for each key, and again when asked. */
export function useLoaded<Value>(key: string, load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ value: Value | null; error: unknown }>({ value: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const run = useEffectEvent(load);
  useEffect(() => {
    let isCurrent = true;
    run().then(
      (value) => isCurrent && setState({ value, error: null }),
      (error: unknown) => isCurrent && setState({ value: null, error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key, attempt]);
  return {
    ...state,
    retry: () => {
      setState({ value: null, error: null });
      setAttempt(attempt + 1);
    },
  };
}
