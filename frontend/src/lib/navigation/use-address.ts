"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { homePath, placeAt } from "./place";
import type { Place } from "./place";

/** Which conversation the address names. */
export const usePlace = (): Place => placeAt(usePathname() ?? homePath);

/** One parameter of the address's query. */
export const useAddressParameter = (name: string): string | null => useSearchParams()?.get(name) ?? null;
