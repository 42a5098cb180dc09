"use client";

import type { Preferences } from "@connectbest/contract";
import { useEffect } from "react";
import { keepLanguage } from "./language-cookie";

/**
 * Makes this browser follow what its reader chose on another device: the document that is on the screen, and by the cookie
 * those to come, of which some are rendered before it is known who reads them.
 */
export function KeepLanguage({ preference }: { preference: Preferences["language"] }) {
  useEffect(() => {
    keepLanguage(preference);
    if (preference !== "system") document.documentElement.lang = preference;
  }, [preference]);
  return null;
}
