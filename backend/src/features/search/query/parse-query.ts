import { invalidRequest } from "../../../http/errors";

export const messageTraits = ["link", "file", "image", "code", "pinned", "thread"] as const;
/** What can be asked of a message beside its words. */
export type Trait = (typeof messageTraits)[number];

/** A day as its calendar says it, in no time zone yet. */
export type Day = string;

type Wanted =
  /** A word, or a phrase as it stood between quotation marks. */
  | { kind: "text"; text: string }
  /** Of whom, and where: as written, an `@` or `#` included. */
  | { kind: "from" | "in"; name: string }
  | { kind: "before" | "after" | "on"; day: Day }
  | { kind: "trait"; trait: Trait }
  | { kind: "saved" };

/** One thing that must hold of a message, or must not. */
export type Condition = Wanted & { isNegated: boolean };

/** How many conditions a query may have. */
export const conditionLimit = 20;

/** A refusal that names the query. */
export const badQuery = (sentence: string) => invalidRequest(sentence, [{ path: "query.q", message: sentence }]);

const operatorAt = /(from|in|before|after|on|has|is):/iy;
const quotes = new Set(['"', "“", "”", "„", "‟"]);
const isSpace = (character: string): boolean => character.trim() === "";

/** Reads a query from left to right, once. */
class QueryReader {
  #at = 0;

  constructor(readonly text: string) {}

  get #here(): string {
    return this.text[this.#at] ?? "";
  }

  skipSpace(): boolean {
    while (this.#at < this.text.length && isSpace(this.#here)) this.#at++;
    return this.#at < this.text.length;
  }

  /** A minus that stands before something. Two of them begin the name of an option, which is text. */
  takeMinus(): boolean {
    const next = this.text[this.#at + 1] ?? " ";
    if (this.#here !== "-" || next === "-" || isSpace(next)) return false;
    this.#at++;
    return true;
  }

  takeOperator(): string | undefined {
    operatorAt.lastIndex = this.#at;
    const [whole, name] = operatorAt.exec(this.text) ?? [""];
    this.#at += whole.length;
    return name?.toLowerCase();
  }

  /** A word, or what stands between quotation marks. */
  takeText(): string {
    if (!quotes.has(this.#here)) return this.#takeWord();
    this.#at++;
    return this.#takePhrase();
  }

  #takeWord(): string {
    const from = this.#at;
    while (this.#at < this.text.length && !isSpace(this.#here)) this.#at++;
    return this.text.slice(from, this.#at);
  }

  /** A backslash makes a quotation mark part of the phrase, unless none is left to end it. One that is never ended goes to the end. */
  #takePhrase(): string {
    let phrase = "";
    for (; this.#at < this.text.length; this.#at++) {
      const character = this.#here;
      if (character === "\\" && quotes.has(this.text[this.#at + 1] ?? "") && this.#hasQuoteAfter(this.#at + 2)) {
        phrase += this.text[++this.#at] ?? "";
      } else if (quotes.has(character)) {
        this.#at++;
        return phrase;
      } else phrase += character;
    }
    return phrase;
  }

  #hasQuoteAfter(from: number): boolean {
    for (let at = from; at < this.text.length; at++) if (quotes.has(this.text[at] ?? "")) return true;
    return false;
  }

  /** What an operator is given: `@name`, `#name`, or either in quotation marks. */
  takeValue(): string {
    const sign = this.#here === "@" || this.#here === "#" ? this.#here : "";
    this.#at += sign.length;
    return sign + this.takeText();
  }
}

function dayOf(operator: string, value: string): Day {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1000;
  if (!isDate) throw badQuery(`${operator}: needs a date like 2026-01-31.`);
  return value;
}

function nameOf(operator: "from" | "in", value: string): string {
  if (value.replace(/^[@#]/, "").trim() !== "") return value;
  throw badQuery(
    operator === "from"
      ? "from: needs a person, like @ada, or me."
      : "in: needs a channel, like #general, or a person, like @ada.",
  );
}

function wantedOf(operator: string, value: string): Wanted {
  const word = value.toLowerCase();
  switch (operator) {
    case "from":
    case "in":
      return { kind: operator, name: nameOf(operator, value) };
    case "before":
    case "after":
    case "on":
      return { kind: operator, day: dayOf(operator, value) };
    case "has":
      if (word === "link" || word === "file" || word === "image" || word === "code")
        return { kind: "trait", trait: word };
      throw badQuery("has: knows link, file, image and code.");
    default:
      if (word === "saved") return { kind: "saved" };
      if (word === "pinned" || word === "thread") return { kind: "trait", trait: word };
      throw badQuery("is: knows pinned, saved and thread.");
  }
}

/** What a query asks for. Whatever looks like an operator and is none is text. @throws invalid_request */
export function parseQuery(query: string): Condition[] {
  const reader = new QueryReader(query.toWellFormed());
  const conditions: Condition[] = [];
  while (reader.skipSpace()) {
    const isNegated = reader.takeMinus();
    const operator = reader.takeOperator();
    const wanted: Wanted = operator
      ? wantedOf(operator, reader.takeValue())
      : { kind: "text", text: reader.takeText() };
    conditions.push({ ...wanted, isNegated });
    if (conditions.length > conditionLimit) throw badQuery(`Search for at most ${conditionLimit} things at once.`);
  }
  return conditions;
}
