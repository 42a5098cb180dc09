/** The languages that the interface speaks, each with its own name for itself. */
export const languages = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof languages;

export const isLanguage = (value: unknown): value is Language =>
  typeof value === "string" && Object.hasOwn(languages, value);

/** Holds the choice of this browser; pages are rendered in it. Without it the browser's own wish decides. */
export const languageCookie = "connectbest.language";

/**
 * The first of our languages that a browser asks for, by weight, then order.
 * @param header `Accept-Language` as it was sent (RFC 9110, 12.5.4)
 */
export function languageFor(header: string | null | undefined): Language {
  const wishes = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split("-")[0]?.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.map(({ language }) => language).find(isLanguage) ?? "en";
}

interface Wishes {
  /** As chosen for all devices, where it is known whose page it is. */
  preference?: string | undefined;
  /** As chosen in this browser. */
  cookie: string | undefined;
  acceptLanguage: string | null | undefined;
}

/** The language of a page: as its reader chose for all devices, or on this one, or as their browser asks. */
export function languageOf({ preference, cookie, acceptLanguage }: Wishes): Language {
  if (isLanguage(preference)) return preference;
  return isLanguage(cookie) ? cookie : languageFor(acceptLanguage);
}
