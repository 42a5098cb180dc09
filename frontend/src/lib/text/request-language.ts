import { cookies, headers } from "next/headers";
import { languageCookie, languageOf } from "./language";
import type { Language } from "./language";

/** The language of a page of the App Router. Server only. */
export async function languageOfRequest(preference?: string): Promise<Language> {
  const cookie = (await cookies()).get(languageCookie)?.value;
  return languageOf({ preference, cookie, acceptLanguage: (await headers()).get("accept-language") });
}
