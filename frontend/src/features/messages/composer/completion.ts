import { isInCode } from "./editing";

/** What is being written that can be completed: from its mark to the caret. */
export interface Token {
  readonly kind: "person" | "channel" | "emoji";
  /** After the mark. */
  readonly text: string;
  /** Where the mark stands, in UTF-16 units. */
  readonly from: number;
}

const kinds = { "@": "person", "#": "channel", ":": "emoji" } as const;
/** A mark that begins a word, and what follows it up to the caret. */
const open = /(?:^|[\s([{"'>*_~])([@#:])([\p{L}\p{N}._+-]*)$/u;

/** The token that ends at the caret, if one does. A colon needs two letters: most are none of emoji. */
export function tokenAt(text: string, caret: number): Token | null {
  const match = open.exec(text.slice(Math.max(0, caret - 60), caret));
  if (!match) return null;
  const [, mark = "@", word = ""] = match;
  const kind = kinds[mark as keyof typeof kinds];
  if (kind === "emoji" && word.length < 2) return null;
  return { kind, text: word, from: caret - word.length - 1 };
}

/** A shortcode that has just been closed: `:tada:`. Not within code, where it stands for itself. */
export function shortcodeAt(text: string, caret: number): { name: string; from: number } | null {
  const match = /(?:^|[\s([{"'>*_~])(:([a-z0-9_+-]{2,40}):)$/.exec(text.slice(Math.max(0, caret - 60), caret));
  if (!match || isInCode(text, caret)) return null;
  const [, whole = "", name = ""] = match;
  return { name, from: caret - whole.length };
}
