import { foldCharacter, isIndivisible } from "./fold-character";

/**
 * Folding: the form in which text is compared, so that "zoe" finds "Zoë". It is taken code point by code point, without a look at the
 * neighbours: the fold of a part of a text is then a part of the text's fold, wherever it was cut, and nothing that stands in a message
 * can be missed. (Unicode's own normal forms compose and reorder across characters and do not have that property.)
 */

const known = new Map<string, string>();
/** Folds of ASCII, which most text is, by code. */
const ascii = Array.from({ length: 128 }, (_, code) => foldCharacter(String.fromCharCode(code)));

function foldOf(character: string): string {
  let folded = known.get(character);
  if (folded === undefined) {
    folded = foldCharacter(character);
    // Bounded by what Unicode has; text in private use areas must not fill the memory all the same.
    if (known.size < 200_000) known.set(character, folded);
  }
  return folded;
}

/** The form of `text` in which it is compared. White space of any kind and length is one space. */
export function fold(text: string): string {
  let folded = "";
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    let piece: string;
    if (code < 128) {
      piece = ascii[code] ?? "";
      at++;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? code);
      piece = foldOf(character);
      at += character.length;
    }
    if (piece !== " " || !folded.endsWith(" ")) folded += piece;
  }
  return folded;
}

/** A fold, and where each of its UTF-16 units comes from. */
export interface FoldedText {
  /** With a space before and after, so that `" word"` finds where a word begins. */
  text: string;
  /** For each unit of `text`, where what it stands for begins and ends in the source. */
  starts: Int32Array;
  ends: Int32Array;
  /** Whether a match may begin at a unit of `text`, or end before it; absent where it always may. */
  isInside: Uint8Array | undefined;
}

/** The same with the way back, for finding and for showing what was found. */
export function foldText(source: string): FoldedText {
  const starts: number[] = [0];
  const ends: number[] = [0];
  const inside: number[] = [];
  let text = " ";
  for (let at = 0; at < source.length;) {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    const piece = foldOf(character);
    const end = at + character.length;
    if (piece === "" || (piece === " " && text.endsWith(" "))) {
      // What is left out belongs to what stands before it: an accent to its letter.
      for (let unit = text.length - 1, from = starts[unit]; unit > 0 && starts[unit] === from; unit--) ends[unit] = end;
    } else {
      if (piece.length > 1 && isIndivisible(character, piece))
        for (let i = 1; i < piece.length; i++) inside.push(text.length + i);
      for (let i = 0; i < piece.length; i++) {
        starts.push(at);
        ends.push(end);
      }
      text += piece;
    }
    at = end;
  }
  if (!text.endsWith(" ")) {
    text += " ";
    starts.push(source.length);
    ends.push(source.length);
  }
  let isInside: Uint8Array | undefined;
  if (inside.length > 0) {
    isInside = new Uint8Array(text.length + 1);
    for (const unit of inside) isInside[unit] = 1;
  }
  return { text, starts: Int32Array.from(starts), ends: Int32Array.from(ends), isInside };
}

/** Where `term`, folded, stands in a text from `from` on; -1 where it does not. */
export function indexOfTerm({ text, isInside }: FoldedText, term: string, from = 0): number {
  for (let at = text.indexOf(term, from); at >= 0; at = text.indexOf(term, at + 1))
    if (!isInside || (!isInside[at] && !isInside[at + term.length])) return at;
  return -1;
}
