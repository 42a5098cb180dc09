import type { CatalogName } from "./catalog";
import { languageOfRequest } from "./request-language";
import { textOf } from "./server-text";
import type { PageText } from "./server-text";

/**
 * What a page needs beyond the layout's `ui`; and that again where its reader chose, for all devices, another language than
 * the layout can know of: it asks the browser only. Server only.
 */
export async function pageText(preference: string | undefined, ...names: readonly CatalogName[]): Promise<PageText> {
  const [language, ofLayout] = await Promise.all([languageOfRequest(preference), languageOfRequest()]);
  return language === ofLayout ? textOf(language, ...names) : textOf(language, "ui", ...names);
}
