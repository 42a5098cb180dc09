import type { CompiledMessage } from "icu-minify/format";
import type chat from "@/text/en/chat.json";
import type settings from "@/text/en/settings.json";
import type signIn from "@/text/en/sign-in.json";
import type ui from "@/text/en/ui.json";

/** The parts that pages are given: `ui` by all of them, the others by those that need them. */
export interface Catalogs {
  ui: typeof ui;
  chat: typeof chat;
  settings: typeof settings;
  "sign-in": typeof signIn;
}

export type CatalogName = keyof Catalogs;

/** Every sentence has one name, wherever it stands. */
export type TextKey = { [Name in CatalogName]: keyof Catalogs[Name] }[CatalogName] & string;

/** Sentences ready to be filled in, by name. */
export type Messages = Readonly<Record<string, CompiledMessage>>;
