import { ErrorCode } from "@connectbest/contract";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import compile from "icu-minify/compile";
import { isLanguage, languages } from "@/lib/text/language";
import type { TextKey } from "@/lib/text/catalog";
import { translator } from "@/lib/text/translate";
import { sourcesIn } from "@/testing/sources";

const names = ["ui", "chat", "settings", "sign-in"] as const;
const others = Object.keys(languages).filter((language) => language !== "en");

const read = (language: string, name: string): Record<string, string> =>
  jest.requireActual(`@/text/${language}/${name}.json`);

/** Keys that are put together from a prefix and a value. */
const dynamic = [
  "connection.",
  "error.",
  "keys.",
  "later.",
  "note.",
  "notification.",
  "notify.level.",
  "preferences.density.",
  "preferences.enterKey.",
  "preferences.theme.",
  "preferences.timeFormat.",
  "presence.",
  "reason.",
  "settings.section.",
  "status.",
  "theme.",
  "tokens.lifetime.",
  "tokens.scope.",
  "tokens.scopeHint.",
  "view.",
];

/** What has to be filled in, and how: each placeholder with its kind, and the tags. */
function slots(elements: readonly MessageFormatElement[]): string[] {
  const found = elements.flatMap((element): string[] => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...slots(element.children)];
    const below = "options" in element ? Object.values(element.options).flatMap(({ value }) => slots(value)) : [];
    return [`${TYPE[element.type]} ${element.value}`, ...below];
  });
  return [...new Set(found)].sort();
}

/** The forms that a plural names. */
function forms(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return forms(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const below = Object.values(element.options).flatMap(({ value }) => forms(value));
    return element.type === TYPE.plural ? [...Object.keys(element.options), ...below] : below;
  });
}

describe.each(names)("the catalog %s", (name) => {
  const english = read("en", name);

  test.each(others)("says in %s all that it says in English, with the same to fill in", (language) => {
    const translated = read(language, name);
    expect(Object.keys(translated)).toEqual(Object.keys(english));
    const of = (catalog: Record<string, string>) =>
      Object.fromEntries(Object.entries(catalog).map(([key, source]) => [key, slots(parse(source))]));
    expect(of(translated)).toEqual(of(english));
  });

  test.each(Object.keys(languages))("is sorted in %s, and every sentence can be said", (language) => {
    const catalog = read(language, name);
    expect(Object.keys(catalog)).toEqual(Object.keys(catalog).sort());
    if (!isLanguage(language)) throw new Error(language);
    const plural = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, source] of Object.entries(catalog)) {
      const parts = parse(source);
      for (const form of forms(parts))
        if (!form.startsWith("=")) expect([key, plural]).toEqual([key, expect.arrayContaining([form])]);
      const values = Object.fromEntries(
        slots(parts).map((slot): [string, string | number | ((chunks: unknown[]) => string)] => {
          if (slot.startsWith("<")) return [slot.slice(1, -1), (chunks) => chunks.join("")];
          const [kind, placeholder = ""] = slot.split(" ");
          return [placeholder, kind === "plural" || kind === "number" ? 2 : "word"];
        }),
      );
      const said = translator(language, { [key]: compile(source) }).rich(key as TextKey, values);
      expect(said).toMatch(/\S/);
      expect(said).not.toMatch(/undefined|[{}<>]/);
    }
  });
});

test("no sentence has two places", () => {
  const all = names.flatMap((name) => Object.keys(read("en", name)));
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
});

test("every sentence is said somewhere", () => {
  const source = sourcesIn("app", "components", "features", "lib", "pages")
    .map(({ text }) => text)
    .join("\n");
  const keys = names.flatMap((name) => Object.keys(read("en", name)));
  const isSaid = (key: string) => source.includes(`"${key}"`) || dynamic.some((prefix) => key.startsWith(prefix));
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
  // A prefix of which nothing is left would hide what is no longer said.
  expect(dynamic.filter((prefix) => !source.includes(`\`${prefix}\${`))).toEqual([]);
});

test("every failure that the API names can be said", () => {
  const keys = Object.keys(read("en", "ui"));
  expect(keys).toEqual(expect.arrayContaining(ErrorCode.options.map((code) => `error.${code}`)));
});
