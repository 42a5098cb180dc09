import { BSONRegExp } from "bson";
import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, isOperators, isTrue, rankOf, Rank, toNumber } from "../bson/values";
import { badValue, CommandError, failedToParse, notImplemented } from "../errors";
import type { Test } from "./operators";
import { bitsTest, equalTo, modTest, oneOf, ordered, regexTest, typesOf, typeTest } from "./operators";
import type { Path } from "./path";
import { visitPath } from "./path";

/** A compiled filter. */
export type Predicate = (doc: Value) => boolean;

/** What a filter may need beyond itself: a collation, and the evaluation of `$expr`. */
export interface MatchOptions {
  strings?: CompareStrings | undefined;
  compileExpression?: ((expression: Value) => (doc: Doc) => Value) | undefined;
}

const always: Predicate = () => true;

function all(predicates: Predicate[]): Predicate {
  const [first, second] = predicates;
  if (!first) return always;
  if (!second) return first;
  if (predicates.length === 2) return (doc) => first(doc) && second(doc);
  return (doc) => predicates.every((predicate) => predicate(doc));
}

const negate =
  (predicate: Predicate): Predicate =>
  (doc) =>
    !predicate(doc);

/** Tests the values at a path and, where the value is an array, its elements as well. */
function atPath(path: Path, test: Test): Predicate {
  if (!path.length) return test; // an element under $elemMatch, which is not unfolded again
  const visit: Test = (value) => {
    if (test(value)) return true;
    if (Array.isArray(value)) for (const item of value as Value[]) if (test(item)) return true;
    return false;
  };
  return (doc) => visitPath(doc, path, visit);
}

/** Tests the values at a path as they are. */
const atPathWhole =
  (path: Path, test: Test): Predicate =>
  (doc) =>
    visitPath(doc, path, test);

function clauses(operator: string, operand: Value, options: MatchOptions): Predicate[] {
  if (!Array.isArray(operand)) throw badValue(`${operator} argument must be an array`);
  if (!operand.length) throw badValue(`${operator} argument must be a non-empty array`);
  return (operand as Value[]).map((clause) => {
    if (!isDoc(clause)) throw badValue(`${operator} argument's entries must be objects`);
    return compileFilter(clause, options);
  });
}

const refusedAtTop: Record<string, CommandError> = {
  $where: badValue("no globalScriptEngine in $where parsing"),
  $text: new CommandError(27, "text index required for $text query"),
  $jsonSchema: notImplemented("$jsonSchema"),
};

function topLevel(operator: string, operand: Value, options: MatchOptions): Predicate {
  switch (operator) {
    case "$and":
      return all(clauses(operator, operand, options));
    case "$or": {
      const any = clauses(operator, operand, options);
      return (doc) => any.some((predicate) => predicate(doc));
    }
    case "$nor": {
      const none = clauses(operator, operand, options);
      return (doc) => !none.some((predicate) => predicate(doc));
    }
    case "$comment":
      return always;
    case "$expr": {
      if (!options.compileExpression) throw badValue("$expr can only be applied to the top-level document");
      const evaluate = options.compileExpression(operand);
      return (doc) => isTrue(evaluate(doc as Doc));
    }
    default:
      throw refusedAtTop[operator] ?? badValue(`unknown top level operator: ${operator}`);
  }
}

const geo = new Set(["$near", "$nearSphere", "$geoWithin", "$geoIntersects", "$within"]);

/** One operator of a field's condition. `others` are its neighbours, which `$regex` and `$options` share. */
function fieldOperator(path: Path, operator: string, operand: Value, others: Doc, options: MatchOptions): Predicate {
  const { strings } = options;
  switch (operator) {
    case "$eq":
      return atPath(path, literalTest(operand, strings));
    case "$ne":
      if (operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
      return negate(atPath(path, literalTest(operand, strings)));
    case "$gt":
      return atPath(
        path,
        ordered((order) => order > 0, operand, strings),
      );
    case "$gte":
      return atPath(
        path,
        ordered((order) => order >= 0, operand, strings),
      );
    case "$lt":
      return atPath(
        path,
        ordered((order) => order < 0, operand, strings),
      );
    case "$lte":
      return atPath(
        path,
        ordered((order) => order <= 0, operand, strings),
      );
    case "$in":
      return atPath(path, inTest(operator, operand, strings));
    case "$nin":
      return negate(atPath(path, inTest(operator, operand, strings)));
    case "$exists": {
      const exists = atPathWhole(path, (value) => value !== undefined);
      return isTrue(operand) ? exists : negate(exists);
    }
    case "$type": {
      const wanted = typesOf(operand);
      return atPath(path, wanted.size ? typeTest(operand) : () => false);
    }
    case "$not":
      return negate(notOperand(path, operand, options));
    case "$regex":
      return atPath(path, regexTest(regexOperand(operand, others)));
    case "$options":
      if (!("$regex" in others)) throw badValue("$options needs a $regex");
      return always;
    case "$mod":
      return atPath(path, modTest(operand));
    case "$size":
      return atPathWhole(path, sizeTest(operand));
    case "$all":
      return allOf(path, operand, options);
    case "$elemMatch":
      return atPathWhole(path, elemMatchTest(operand, options));
    case "$bitsAllSet":
    case "$bitsAnySet":
    case "$bitsAllClear":
    case "$bitsAnyClear":
      return atPath(path, bitsTest(operator, operand));
    case "$comment":
      return always;
    default:
      if (geo.has(operator)) throw notImplemented(operator);
      throw badValue(`unknown operator: ${operator}`);
  }
}

/** `{$eq: /x/}` compares with the regular expression itself, `{a: /x/}` matches by it. */
function literalTest(operand: Value, strings?: CompareStrings): Test {
  if (operand instanceof BSONRegExp) {
    const same = JSON.stringify([operand.pattern, operand.options]);
    return (value) => value instanceof BSONRegExp && JSON.stringify([value.pattern, value.options]) === same;
  }
  return equalTo(operand, strings);
}

function inTest(operator: string, operand: Value, strings?: CompareStrings): Test {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  if ((operand as Value[]).some(isOperators)) throw badValue(`cannot nest $ under ${operator}`);
  return oneOf(operand, strings);
}

function regexOperand(operand: Value, others: Doc): BSONRegExp {
  const options = others.$options ?? (operand instanceof BSONRegExp ? operand.options : "");
  if (typeof options !== "string") throw badValue("$options has to be a string");
  if (operand instanceof BSONRegExp) return new BSONRegExp(operand.pattern, options);
  if (typeof operand !== "string") throw badValue("$regex has to be a string");
  return new BSONRegExp(operand, options);
}

function notOperand(path: Path, operand: Value, options: MatchOptions): Predicate {
  if (operand instanceof BSONRegExp) return atPath(path, regexTest(operand));
  if (!isDoc(operand)) throw badValue("$not needs a regex or a document");
  if (!Object.keys(operand).length) throw badValue("$not cannot be empty");
  return all(Object.entries(operand).map(([name, value]) => fieldOperator(path, name, value, operand, options)));
}

function sizeTest(operand: Value): Test {
  const size = toNumber(operand);
  if (!isNumber(operand)) throw failedToParse("Failed to parse $size. Expected a number in: $size");
  if (!Number.isInteger(size)) throw failedToParse("Failed to parse $size. Expected an integer: $size");
  if (size < 0) throw failedToParse("Failed to parse $size. Expected a non-negative number in: $size");
  return (value) => Array.isArray(value) && value.length === size;
}

function allOf(path: Path, operand: Value, options: MatchOptions): Predicate {
  if (!Array.isArray(operand)) throw badValue("$all needs an array");
  const list = operand as Value[];
  if (!list.length) return () => false;
  const matches = list.map((item) => isDoc(item) && "$elemMatch" in item);
  if (matches.some(Boolean) && !matches.every(Boolean)) throw badValue("no $ expressions in $all");
  return all(
    list.map((item, i) =>
      matches[i]
        ? atPathWhole(path, elemMatchTest((item as Doc).$elemMatch, options))
        : isOperators(item)
          ? refuseAll()
          : atPath(path, equalTo(item, options.strings)),
    ),
  );
}

function refuseAll(): never {
  throw badValue("no $ expressions in $all");
}

const logical = new Set(["$and", "$or", "$nor", "$expr", "$where"]);

/** The test of one element for `$elemMatch`: operators on the element itself, or a filter on an embedded document. */
export function elementTest(operand: Value, options: MatchOptions): Test {
  if (!isDoc(operand)) throw badValue("$elemMatch needs an Object");
  const [first] = Object.keys(operand);
  if (first !== undefined && first.startsWith("$") && !logical.has(first)) {
    const tests = Object.entries(operand).map(([name, value]) => fieldOperator([], name, value, operand, options));
    return all(tests);
  }
  const filter = compileFilter(operand, { strings: options.strings });
  return (item) => (isDoc(item) || Array.isArray(item)) && filter(item);
}

function elemMatchTest(operand: Value, options: MatchOptions): Test {
  const test = elementTest(operand, options);
  return (value) => Array.isArray(value) && (value as Value[]).some(test);
}

function fieldCondition(field: string, condition: Value, options: MatchOptions): Predicate {
  const path = field.split(".");
  if (!isOperators(condition)) return atPath(path, equalTo(condition, options.strings));
  if ("$ref" in condition || "$id" in condition) return atPath(path, equalTo(condition, options.strings)); // a DBRef
  return all(Object.entries(condition).map(([name, value]) => fieldOperator(path, name, value, condition, options)));
}

/**
 * Compiles a filter to a predicate with MongoDB's semantics (types never convert, arrays match by element, null matches
 * missing).
 * @throws CommandError 2 for unknown operators and malformed operands, 238 for what this server refuses.
 */
export function compileFilter(filter: Doc, options: MatchOptions = {}): Predicate {
  return all(
    Object.entries(filter).map(([field, condition]) =>
      field.startsWith("$") ? topLevel(field, condition, options) : fieldCondition(field, condition, options),
    ),
  );
}

export const isEmptyFilter = (filter: Doc): boolean => rankOf(filter) === Rank.object && !Object.keys(filter).length;
