"use client";

import type { ReactNode } from "react";
import { FormatsProvider } from "@/lib/format/formats-context";
import { useMe } from "@/lib/me/me-context";

/** Times as I have them written, from the moment that I choose it. */
export function MyFormats({ children }: { children: ReactNode }) {
  const { me } = useMe();
  return <FormatsProvider timeFormat={me.preferences.timeFormat}>{children}</FormatsProvider>;
}
