import compile from "icu-minify/compile";
import type { CompiledMessage } from "icu-minify/format";
import deChat from "@/text/de/chat.json";
import deSettings from "@/text/de/settings.json";
import deSignIn from "@/text/de/sign-in.json";
import deUi from "@/text/de/ui.json";
import enChat from "@/text/en/chat.json";
import enSettings from "@/text/en/settings.json";
import enSignIn from "@/text/en/sign-in.json";
import enUi from "@/text/en/ui.json";
import type { CatalogName, Catalogs, Messages } from "./catalog";
import type { Language } from "./language";

/** Typed so that a sentence which one language lacks does not compile. */
const sources: Record<Language, { [Name in CatalogName]: Record<keyof Catalogs[Name], string> }> = {
  en: { ui: enUi, chat: enChat, settings: enSettings, "sign-in": enSignIn },
  de: { ui: deUi, chat: deChat, settings: deSettings, "sign-in": deSignIn },
};

const compiled = new Map<string, Messages>();

/** The sentences of a page, compiled here: the browser gets no parser, and its JavaScript no sentences. Server only. */
export function textOf(language: Language, ...names: readonly CatalogName[]): PageText {
  return { language, messages: Object.assign({}, ...names.map((name) => catalog(language, name))) as Messages };
}

export interface PageText {
  language: Language;
  messages: Messages;
}

/** React hands only objects with a prototype to the browser, and the compiler makes its plurals without. */
const plain = (message: CompiledMessage): CompiledMessage => JSON.parse(JSON.stringify(message)) as CompiledMessage;

function catalog(language: Language, name: CatalogName): Messages {
  const key = `${language}/${name}`;
  const known = compiled.get(key);
  if (known) return known;
  const entries = Object.entries<string>(sources[language][name]).map(([id, text]) => [id, plain(compile(text))]);
  const messages = Object.fromEntries(entries) as Messages;
  compiled.set(key, messages);
  return messages;
}
