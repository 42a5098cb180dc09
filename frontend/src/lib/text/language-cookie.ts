import { isLanguage, languageCookie } from "./language";

const aYear = 365 * 24 * 3600;

/** Keeps a choice of language for the pages to come in this browser; `system`: what the browser asks for holds again. */
export function keepLanguage(choice: string): void {
  const value = isLanguage(choice) ? `${choice}; max-age=${aYear}` : "; max-age=0";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${languageCookie}=${value}; path=/; samesite=lax${secure}`;
}
