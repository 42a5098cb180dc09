import type { Types } from "mongoose";
import { fold } from "../users/search-terms";
import { NotificationSettingsModel } from "./notification-settings.model";

interface Listener {
  userId: Types.ObjectId;
  /** Folded. */
  keywords: string[];
}

/** How long a process goes by what it knows of other people's keywords, in milliseconds. */
const lifetime = 5_000;

let known: Promise<Listener[]> | undefined;
let until = 0;

/** Ours have changed: what is known is asked for anew. */
export function forgetKeywords(): void {
  until = 0;
}

async function load(): Promise<Listener[]> {
  const settings = await NotificationSettingsModel.find({ hasKeywords: true }, { keywords: 1 }).lean();
  return settings.map(({ _id, keywords }) => ({ userId: _id, keywords: keywords.map(fold).filter(Boolean) }));
}

function listeners(): Promise<Listener[]> {
  if (!known || Date.now() > until) {
    until = Date.now() + lifetime;
    known = load();
    known.catch(() => (until = 0));
  }
  return known;
}

/** Scripts that put no space between words: there every place may begin one. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const isPartOfWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character) && !unspaced.test(character);

/** Whether a folded word stands in a folded text by itself: "art" is not in "start", but "C++" is in "C++, please". */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isOpen = isPartOfWord(word[0]) && isPartOfWord(text[at - 1]);
    const isContinued = isPartOfWord(word.at(-1)) && isPartOfWord(text[at + word.length]);
    if (!isOpen && !isContinued) return true;
  }
  return false;
}

/** Those whose keywords stand in a text, members of its channel or not. */
export async function keywordListeners(content: string): Promise<Types.ObjectId[]> {
  const all = await listeners();
  if (all.length === 0) return [];
  const text = fold(content);
  return all.filter(({ keywords }) => keywords.some((word) => hasWord(text, word))).map(({ userId }) => userId);
}
