import type { IncomingHttpHeaders } from "node:http";
import { languageCookie, languageOf } from "./language";
import type { Language } from "./language";

/** The language of a page of the Pages Router, whose visitors are strangers. Its document and error page get the bare request. */
export function languageOfHeaders(sent: IncomingHttpHeaders | undefined): Language {
  const prefix = `${languageCookie}=`;
  const pairs = (sent?.cookie ?? "").split(";").map((pair) => pair.trim());
  const cookie = pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
  return languageOf({ cookie, acceptLanguage: sent?.["accept-language"] });
}
