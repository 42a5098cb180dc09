import type { ErrorCode } from "@connectbest/contract";
import { spokenText } from "@/lib/text/spoken";

/**
 * What has failed, for its reader. The server speaks English, and knows best what was wrong; who reads another language is
 * told by the failure's code.
 * @param english what the server said
 */
export function sayFailure(code: ErrorCode | "network", english: string): string {
  const t = spokenText();
  if (!t) return english;
  return t.language === "en" && code !== "network" ? english : t(`error.${code}`);
}
