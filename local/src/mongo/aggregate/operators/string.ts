import { BSONRegExp } from "bson";
import type { Doc, Value } from "../../bson/values";
import { isDoc, toNumber, typeName } from "../../bson/values";
import { CommandError } from "../../errors";
import { compileRegex } from "../../query/regex";
import type { CompileOperator, FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";
import { toText } from "./convert";

function text(name: string, code: number, value: Value): string {
  if (typeof value !== "string")
    throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
  return value;
}

const upperLower = (run: (s: string) => string): FunctionOperator =>
  operator(1, 1, ([value]) => (isNullish(value) ? "" : run(toText(value) ?? ""))); // only ASCII letters change, as in MongoDB

const asciiUpper = (s: string) => s.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const asciiLower = (s: string) => s.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function substringBytes([value, start, length]: Value[]): Value {
  const bytes = Buffer.from(isNullish(value) ? "" : (toText(value) ?? ""));
  const from = toNumber(start);
  if (from < 0) throw new CommandError(50752, `$substrBytes: starting index must be non-negative (got: ${from})`);
  const to = toNumber(length) < 0 ? bytes.length : from + toNumber(length);
  const cut = (at: number) => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
  if (cut(from))
    throw new CommandError(28656, "$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.");
  if (cut(to))
    throw new CommandError(28657, "$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.");
  return bytes.toString("utf8", from, to);
}

const substring = ([value, start, length]: Value[]): Value =>
  isNullish(value)
    ? ""
    : [...(toText(value) ?? "")].slice(toNumber(start), toNumber(start) + toNumber(length)).join("");

const named =
  (names: readonly string[], required: number, run: (values: Value[]) => Value): CompileOperator =>
  (argument, context, name) => {
    if (!isDoc(argument)) throw new CommandError(50696, `${name} requires an object as an argument`);
    const unknown = Object.keys(argument).find((key) => !names.includes(key));
    if (unknown) throw new CommandError(50694, `${name} found an unknown argument: ${unknown}`);
    for (const key of names.slice(0, required)) {
      if (!(key in argument)) throw new CommandError(50695, `${name} requires an '${key}' field`);
    }
    const parts = names.map((key) => (key in argument ? context.compile(argument[key]) : () => undefined));
    return (scope) => run(parts.map((part) => part(scope)));
  };

const trimmer = (start: boolean, end: boolean): CompileOperator =>
  named(["input", "chars"], 1, ([input, chars]) => {
    if (isNullish(input) || chars === null) return null;
    let points = [...text("$trim", 50699, input)];
    const unwanted = chars === undefined ? undefined : new Set(text("$trim", 50700, chars));
    const drop = (point: string | undefined) =>
      point !== undefined && (unwanted ? unwanted.has(point) : /[\s\0]/.test(point));
    if (start) while (drop(points[0])) points = points.slice(1);
    if (end) while (drop(points.at(-1))) points = points.slice(0, -1);
    return points.join("");
  });

const replacer = (all: boolean): CompileOperator =>
  named(["input", "find", "replacement"], 3, ([input, find, replacement]) => {
    if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
    const [from, what, by] = [
      text("$replaceOne", 51746, input),
      text("$replaceOne", 51745, find),
      text("$replaceOne", 51744, replacement),
    ];
    return all ? from.replaceAll(what, () => by) : from.replace(what, () => by);
  });

function regexOf(regex: Value, options: Value): RegExp {
  if (regex instanceof BSONRegExp) return compileRegex(regex.pattern, regex.options || String(options ?? ""));
  return compileRegex(text("$regexMatch", 51105, regex), String(options ?? ""));
}

const regexNames = ["input", "regex", "options"] as const;

const found = (match: RegExpMatchArray): Doc => ({
  match: match[0],
  idx: [...(match.input?.slice(0, match.index) ?? "")].length,
  captures: match.slice(1).map((capture) => capture ?? null),
});

export const stringOperators: Record<string, FunctionOperator> = {
  $concat: operator(0, Infinity, (args) =>
    args.some(isNullish) ? null : args.map((arg) => text("$concat", 16702, arg)).join(""),
  ),
  $toUpper: upperLower(asciiUpper),
  $toLower: upperLower(asciiLower),
  $substrBytes: operator(3, 3, substringBytes),
  $substr: operator(3, 3, substringBytes),
  $substrCP: operator(3, 3, substring),
  $strLenCP: operator(1, 1, ([value]) => [...text("$strLenCP", 34471, value)].length),
  $strLenBytes: operator(1, 1, ([value]) => Buffer.byteLength(text("$strLenBytes", 34473, value))),
  $split: operator(2, 2, ([value, by]) =>
    isNullish(value) || isNullish(by) ? null : text("$split", 40085, value).split(text("$split", 40086, by)),
  ),
  $strcasecmp: operator(2, 2, ([a, b]) => {
    const [x, y] = [asciiUpper(toText(a ?? "") ?? ""), asciiUpper(toText(b ?? "") ?? "")];
    return Buffer.compare(Buffer.from(x), Buffer.from(y));
  }),
  $indexOfCP: operator(2, 2, ([value, part]) => {
    if (isNullish(value)) return null;
    const at = text("$indexOfCP", 40093, value).indexOf(text("$indexOfCP", 40094, part));
    return at < 0 ? -1 : [...String(value).slice(0, at)].length;
  }),
};

export const stringCompilers: Record<string, CompileOperator> = {
  $trim: trimmer(true, true),
  $ltrim: trimmer(true, false),
  $rtrim: trimmer(false, true),
  $replaceOne: replacer(false),
  $replaceAll: replacer(true),
  $regexMatch: named(regexNames, 2, ([input, regex, options]) =>
    isNullish(input) || isNullish(regex) ? false : regexOf(regex, options).test(text("$regexMatch", 51104, input)),
  ),
  $regexFind: named(regexNames, 2, ([input, regex, options]) => {
    const match =
      isNullish(input) || isNullish(regex) ? null : regexOf(regex, options).exec(text("$regexFind", 51104, input));
    return match && found(match);
  }),
};
