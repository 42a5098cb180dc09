import format from "icu-minify/format";
import type { FormatOptions, FormatValues } from "icu-minify/format";
import { createElement, Fragment } from "react";
import type { ReactNode } from "react";
import type { Messages, TextKey } from "./catalog";
import type { Language } from "./language";

export type TextValues = Record<string, string | number>;
export type RichValues = Record<string, string | number | ((chunks: ReactNode[]) => ReactNode)>;

/** Says a sentence of the interface in the reader's language. */
export interface Translate {
  (key: TextKey, values?: TextValues): string;
  /** With elements in it: `<link>…</link>` of the sentence becomes what the function of that name makes of its words. */
  rich(key: TextKey, values: RichValues): ReactNode;
  readonly language: Language;
}

const cached = <Formatter, Options>(create: (language: string, options?: Options) => Formatter) => {
  const known = new Map<string, Formatter>();
  return (language: string | undefined, options?: Options): Formatter => {
    const key = `${language ?? ""} ${JSON.stringify(options ?? {})}`;
    const formatter = known.get(key) ?? create(language ?? "en", options);
    known.set(key, formatter);
    return formatter;
  };
};

const options = {
  formatters: {
    getDateTimeFormat: cached((language, how?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, how)),
    getNumberFormat: cached((language, how?: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, how)),
    getPluralRules: cached((language, how?: Intl.PluralRulesOptions) => new Intl.PluralRules(language, how)),
  },
} as FormatOptions;

/** The parts of a sentence stand where they stand: they need no keys. */
const whole = (parts: ReactNode | ReactNode[]): ReactNode =>
  Array.isArray(parts) ? createElement(Fragment, null, ...(parts as ReactNode[])) : parts;

/** @throws never: a sentence that is missing shows its name, which the tests would have found. */
export function translator(language: Language, messages: Messages): Translate {
  const fill = (key: TextKey, values?: FormatValues<ReactNode>) => {
    const message = messages[key];
    return message === undefined ? key : format<ReactNode>(message, language, values, options);
  };
  const translate = (key: TextKey, values?: TextValues) => fill(key, values) as string;
  return Object.assign(translate, {
    rich: (key: TextKey, values: RichValues) => whole(fill(key, values as FormatValues<ReactNode>)),
    language,
  });
}
