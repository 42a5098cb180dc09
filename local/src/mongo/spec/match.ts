import { EJSON } from "bson";

/** Named things of a test: clients, collections, sessions, saved results. */
export type Entities = Record<string, unknown>;

/** A test that cannot be run here, with the reason. */
export class NotRunnable extends Error {}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  const type = (value as { _bsontype?: string } | null)?._bsontype;
  return type === "Long" || type === "Int32" || type === "Double" ? Number(String(value)) : undefined;
}

const typeNames: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  object: (value) => typeof value === "object",
  array: Array.isArray,
  bool: (value) => typeof value === "boolean",
};

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !("_bsontype" in value) &&
  !(value instanceof Date);

/**
 * Matches a result as the unified test format says (its section "Evaluating Matches"): root documents may have more
 * fields, numbers compare by value.
 * @throws Error that says where they differ.
 */
export function match(expected: unknown, actual: unknown, entities: Entities, root = true, path = "result"): void {
  const fail = (what: string): never => {
    const [wanted, got] = [expected, actual].map((value) => JSON.stringify(value)?.slice(0, 200));
    throw new Error(`${path}: ${what}; expected ${wanted}, got ${got}`);
  };
  if (isPlain(expected)) {
    const [operator, ...more] = Object.keys(expected);
    if (operator?.startsWith("$$") && !more.length)
      return special(operator, expected[operator], actual, entities, root, path);
    if (typeof actual !== "object" || actual === null) return fail("not an object");
    const fields = actual instanceof Map ? (Object.fromEntries(actual) as Entities) : (actual as Entities);
    for (const [field, value] of Object.entries(expected))
      match(value, fields[field], entities, false, `${path}.${field}`);
    if (!root) for (const field of Object.keys(fields)) if (!(field in expected)) fail(`extra field ${field}`);
    return;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return fail("array length");
    for (const [i, item] of expected.entries()) match(item, actual[i], entities, root, `${path}[${i}]`);
    return;
  }
  const number = numberOf(expected);
  const same =
    number === undefined
      ? EJSON.stringify({ v: expected }) === EJSON.stringify({ v: actual ?? null })
      : numberOf(actual) === number;
  if (!same) fail("value");
}

function special(
  operator: string,
  operand: unknown,
  actual: unknown,
  entities: Entities,
  root: boolean,
  path: string,
): void {
  const fail = (): never => {
    throw new Error(`${path}: ${operator} ${JSON.stringify(operand)}, got ${JSON.stringify(actual)?.slice(0, 100)}`);
  };
  switch (operator) {
    case "$$exists":
      if ((actual !== undefined) !== operand) fail();
      return;
    case "$$unsetOrMatches":
      if (actual !== undefined && actual !== null) match(operand, actual, entities, root, path);
      return;
    case "$$type": {
      const names = Array.isArray(operand) ? (operand as string[]) : [String(operand)];
      if (actual === undefined || !names.some((name) => typeNames[name]?.(actual) ?? true)) fail();
      return;
    }
    case "$$matchesEntity":
      return match(entities[String(operand)], actual, entities, false, path);
    case "$$lte":
      if (!((numberOf(actual) ?? NaN) <= (numberOf(operand) ?? NaN))) fail();
      return;
    case "$$matchAsRoot":
      return match(operand, actual, entities, true, path);
    default:
      throw new NotRunnable(operator);
  }
}
