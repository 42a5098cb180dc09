"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { onAddressAgain } from "./navigate";
import { panelIn } from "./panel";
import type { Panel } from "./panel";
import { homePath, placeAt } from "./place";
import type { Place } from "./place";

/** What the address names. */
export const usePlace = (): Place => placeAt(usePathname() ?? homePath);

/** One parameter of the address's query. */
export const useAddressParameter = (name: string): string | null => useSearchParams()?.get(name) ?? null;

/** What the address says stands beside the conversation. */
export function usePanel(): Panel | null {
  const query = useSearchParams()?.toString() ?? "";
  return useMemo(() => panelIn(new URLSearchParams(query)), [query]);
}

/** How often the present address was asked for again. */
export function useAskedAgain(): number {
  const [count, setCount] = useState(0);
  useEffect(() => onAddressAgain(() => setCount((before) => before + 1)), []);
  return count;
}
